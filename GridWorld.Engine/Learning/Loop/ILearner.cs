namespace GridWorld;

/// <summary>
/// An algorithm that learns action values from transitions. Implement it as a struct: the training loop is compiled
/// for each implementation. Its tables live in objects it refers to, and <see cref="Save"/> writes all of them.
/// </summary>
public interface ILearner
{
    /// <summary>Whether the next action must be chosen before the step is learned (on-policy). Default no.</summary>
    static virtual bool NeedsNextAction => false;

    /// <summary>
    /// Whether <see cref="Learn"/> leaves the writing of <see cref="Values"/> to the loop, and so changes no entry but Q(S, A). Default no.
    /// </summary>
    static virtual bool ChangesOneEntry => false;

    /// <summary>
    /// Whether <see cref="Learn"/> reads tables of its own alone; the loop then leaves out <see cref="Transition.Value"/> and
    /// <see cref="Transition.Next"/>. Default no.
    /// </summary>
    static virtual bool HasOwnTables => false;

    /// <summary>The values the behavior acts on, the same table all the time.</summary>
    QTable Values { get; }

    /// <summary>
    /// How often every pair was learned, [state × actions + action], where schedules that count a pair shall count that and not its visits;
    /// the same array all the time. Default null: visits.
    /// </summary>
    int[]? TimesLearned => null;

    /// <summary>Takes over the hyperparameters from now on.</summary>
    void Apply(in Hyperparameters hyperparameters);

    /// <summary>Learns from one step, and returns the new Q(S, A) of <see cref="Values"/>; the loop writes it.</summary>
    /// <param name="transition">The step.</param>
    /// <param name="behavior">The behavior policy, for learners that need its probabilities.</param>
    /// <param name="model">The learner's own random stream.</param>
    double Learn<TBehavior>(in Transition transition, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior;

    /// <summary>Ends an episode, after its last step was learned.</summary>
    void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior;

    /// <summary>Writes everything that learning on depends on, as it is between episodes.</summary>
    void Save(StateWriter state);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    void Load(StateReader state);
}
