namespace GridWorld;

/// <summary>
/// An algorithm that learns action values from transitions. Implement it as a struct: the training loop is compiled for each
/// implementation. The struct must keep its tables in objects that it refers to, and <see cref="Save"/> must write all of them.
/// </summary>
public interface ILearner
{
    /// <summary>Whether the next action must be chosen before the step is learned, as in on-policy learning. Default false.</summary>
    static virtual bool NeedsNextAction => false;

    /// <summary>
    /// Whether <see cref="Learn"/> does not write to <see cref="Values"/> itself, so that only Q(S, A) changes per step. The loop is then
    /// faster. Default false.
    /// </summary>
    static virtual bool ChangesOneEntry => false;

    /// <summary>
    /// Whether <see cref="Learn"/> reads neither <see cref="Transition.Value"/> nor <see cref="Transition.Next"/>. The loop then does not
    /// set <see cref="Transition.Value"/>, and sets <see cref="Transition.Next"/> only if <see cref="NeedsNextAction"/> is true. Default
    /// false.
    /// </summary>
    static virtual bool HasOwnTables => false;

    /// <summary>Whether the learner writes all its entries itself, and only with <see cref="QTable.Write"/>.</summary>
    internal static virtual bool WritesRows => false;

    /// <summary>The Q-table that the behavior acts on. It must always be the same object.</summary>
    QTable Values { get; }

    /// <summary>
    /// The number of times each (state, action) was learned, indexed by state × actions + action, for schedules that count the pair.
    /// Default empty: such schedules count visits.
    /// </summary>
    ReadOnlySpan<int> TimesLearned => default;

    /// <summary>Sets the hyperparameters for the following calls.</summary>
    void Apply(in Hyperparameters hyperparameters);

    /// <summary>Learns from one step and returns the new Q(S, A), which the loop writes to <see cref="Values"/>.</summary>
    /// <param name="transition">The step.</param>
    /// <param name="behavior">The behavior policy, for learners that need its probabilities.</param>
    /// <param name="model">The random stream of the learner.</param>
    double Learn<TBehavior>(in Transition transition, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior;

    /// <summary>Ends an episode, after its last step is learned.</summary>
    void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior;

    /// <summary>Writes everything that further learning depends on. It is called between episodes.</summary>
    void Save(StateWriter state);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    void Load(StateReader state);
}
