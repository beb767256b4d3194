using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// An ensemble that this process trains, or has trained, in the background, on all cores. Every seed comes to the bits of its single run.
/// Every member may be used from any thread at any time. <c>await ensemble</c> waits for its end.
/// </summary>
public sealed class Ensemble : EnsembleView
{
    readonly EnsembleTraining training;

    internal Ensemble(EnsembleHeader header, EnsembleTraining training, string? path) : base(header) =>
        (this.training, StorePath) = (training, path);

    /// <summary>Starts an ensemble. It trains when this returns.</summary>
    /// <param name="specification">World, learner, first seed, episodes and step limit.</param>
    /// <param name="seeds">Number of seeds, from the specification's on; 1 to 1,000,000.</param>
    /// <param name="options">How it is trained and stored.</param>
    /// <exception cref="InputException">Lists every fault of what was passed in.</exception>
    public static Ensemble Start(RunSpecification specification, int seeds, EnsembleOptions? options = null) =>
        EnsembleFactory.Start(Guard.NotNull(specification), seeds, options ?? new());

    /// <summary>Resumes a stored ensemble that was stopped or whose process ended.</summary>
    /// <param name="ensemble">Its id, its name, or the beginning of its id.</param>
    /// <param name="store">The folder. Default: what GRIDWORLD_STORE says, else <c>.gridworld</c> in the working directory.</param>
    /// <param name="moreEpisodes">Episodes to add to the target, at least 1.</param>
    /// <param name="options">How it is trained from now on.</param>
    /// <exception cref="InputException">There is no such ensemble, its file is damaged, or another process trains it.</exception>
    public static Ensemble Resume(string ensemble, string? store = null, long? moreEpisodes = null, EnsembleOptions? options = null) =>
        EnsembleFactory.Resume(Guard.NotNull(ensemble), store, moreEpisodes, options ?? new());

    /// <summary>Opens a stored ensemble for reading: ended, interrupted, or being trained by another process.</summary>
    /// <param name="ensemble">Its id, its name, or the beginning of its id.</param>
    /// <param name="store">The folder; the default as in <see cref="Resume(string, string?, long?, EnsembleOptions?)"/>.</param>
    /// <exception cref="InputException">There is no such ensemble, or its file is damaged.</exception>
    public static EnsembleView Open(string ensemble, string? store = null) =>
        new StoredEnsemble(SweepFolder.Find(Guard.NotNull(ensemble), store).Path);

    /// <inheritdoc/>
    public override string? StorePath { get; }

    /// <summary>What it is doing.</summary>
    public RunState State => training.State;

    /// <summary>Why the file does not hold the ensemble as it stands; null if the file is up to date, or if there is none.</summary>
    public string? StoreError => training.StoreError;

    /// <summary>Ends when the ensemble does, whether completed, stopped or failed; it never faults.</summary>
    public Task Completion => training.Completion;

    /// <inheritdoc/>
    public override IReadOnlyList<SeedResult> Seeds => training.Results();

    /// <inheritdoc/>
    public override IReadOnlyList<RunEvent> Changes => training.Changes();

    /// <summary>Pauses. Does nothing while paused.</summary>
    /// <exception cref="InputException">The ensemble has ended.</exception>
    public void Pause() => training.Pause();

    /// <summary>Continues after a pause. Does nothing while it trains.</summary>
    /// <exception cref="InputException">The ensemble has ended: <see cref="Continue"/> trains more episodes.</exception>
    public void Resume() => training.Resume();

    /// <summary>
    /// Stops all seeds after the first episode that none of them has passed, so that all have the same number of episodes. Returns at once:
    /// await the ensemble for the end.
    /// </summary>
    public void Stop() => training.Stop();

    /// <summary>Raises the target of every seed, and trains on if the ensemble had ended.</summary>
    /// <param name="episodes">Additional episodes, from 1 to 10¹².</param>
    public void Continue(long episodes)
    {
        EnsembleFactory.CheckMore(episodes);
        training.Continue(episodes);
    }

    /// <summary>
    /// Changes hyperparameters in every seed after the same episode: the first that no seed has passed. A schedule over episodes counts
    /// from there; a schedule over steps counts from the beginning of each seed.
    /// </summary>
    /// <param name="learningRate">Learning rate α, in [0.001, 1].</param>
    /// <param name="epsilon">Probability ε of exploring, in [0, 1].</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1].</param>
    /// <returns>The events, already committed to the store.</returns>
    /// <exception cref="InputException">A value is out of range (nothing is changed then), or the ensemble has ended.</exception>
    public IReadOnlyList<RunEvent> Set(Schedule? learningRate = null, Schedule? epsilon = null, Schedule? discountFactor = null) =>
        Set(RunView.Changes(learningRate, epsilon, discountFactor));

    /// <summary>Changes hyperparameters by name, in snake_case.</summary> <inheritdoc cref="Set(Schedule, Schedule, Schedule)"/>
    public IReadOnlyList<RunEvent> Set(IReadOnlyDictionary<string, Schedule> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        new Faults().Require(changes.Count > 0, $"Name at least one hyperparameter: {Hyperparameter.Names(Specification.Learner)}.")
            .Collect(() => Hyperparameter.Check(changes, Specification.Learner))
            .ThrowIfAny();
        return training.Set(changes);
    }

    /// <inheritdoc/>
    public override EnsembleStatus Status()
    {
        var now = training.Progress;
        return new()
        {
            Id = Id, Name = Name, State = training.State, Seeds = SeedCount, Failed = now.Failed, Episodes = now.Episodes,
            TargetEpisodes = training.Target, Steps = now.Steps, StepsPerSecond = now.Seconds > 0 ? now.Steps / now.Seconds : 0,
            Message = now.Message,
        };
    }

    /// <summary>Makes <c>await ensemble</c> wait for its end.</summary>
    public TaskAwaiter GetAwaiter() => (WhileAwaited?.Invoke(this) ?? Completion).GetAwaiter();

    /// <summary>What else goes on while someone awaits an ensemble, to its end: a notebook shows how it gets on.</summary>
    internal static Func<Ensemble, Task>? WhileAwaited { get; set; }

    internal override IReadOnlyList<StoredSeed> Stored() => training.Seeds();
}
