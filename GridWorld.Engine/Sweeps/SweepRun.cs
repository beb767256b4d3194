using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace GridWorld;

/// <summary>
/// A sweep that this process trains, in the background, on all cores. Every member may be used from any thread at any time.
/// <c>await sweep</c> waits for its end. However often it is stopped, killed and resumed, and on however many threads, it comes to the same
/// results.
/// </summary>
public sealed class SweepRun : SweepView
{
    readonly SweepTraining training;

    SweepRun(SweepTraining training, string path) : base(path) => this.training = training;

    /// <summary>What it is doing.</summary>
    public RunState State => training.State;

    /// <summary>Why the sweep failed, or why its file cannot be written; null if all is well.</summary>
    public string? Message => training.Message;

    /// <summary>The work, for others to train.</summary>
    internal SweepBoard Board => training.Board;

    /// <summary>Ends when the sweep does, whether completed, stopped or failed; it never faults.</summary>
    public Task Completion => training.Completion;

    /// <summary>Pauses. Runs that are under way rest after their current episode.</summary>
    public void Pause() => training.Pause();

    /// <summary>Continues after a pause.</summary>
    public void Resume() => training.Resume();

    /// <summary>
    /// Stops. Returns at once: await the sweep for the end. <see cref="Resume(string, string, SweepRunOptions)"/> goes on.
    /// </summary>
    public void Stop() => training.Stop();

    /// <summary>Makes <c>await sweep</c> wait for its end.</summary>
    public TaskAwaiter GetAwaiter() => (WhileAwaited?.Invoke(this) ?? Completion).GetAwaiter();

    /// <summary>What else goes on while someone awaits a sweep, to its end: a notebook shows how it gets on.</summary>
    internal static Func<SweepRun, Task>? WhileAwaited { get; set; }

    /// <summary>Starts a sweep. It trains when this returns.</summary>
    /// <param name="sweep">What it is.</param>
    /// <param name="options">How it is trained and stored.</param>
    /// <exception cref="InputException">Lists every fault with its place.</exception>
    public static SweepRun Start(Sweep sweep, SweepRunOptions? options = null)
    {
        options ??= new();
        SweepPlan? plan = null;
        ArgumentNullException.ThrowIfNull(sweep);
        new Faults().Collect(() => plan = SweepPlan.Of(sweep)).Collect(options.Check).ThrowIfAny();
        string id = RunIds.New(sweep.Name.Length > 0 ? sweep.Name : "sweep");
        var definition = new JsonObject { ["sweep"] = JsonNode.Parse(sweep.ToJson()), ["folder"] = Path.GetFullPath(sweep.Folder ?? ".") };
        var header = new SweepHeader(id, sweep.Name.Length > 0 ? sweep.Name : id, options.Time.GetUtcNow(), SweepHeader.Sweep,
            string.Join(", ", sweep.Worlds), string.Join(", ", sweep.Learners), definition.ToJsonString());
        header = options.UsesRedis ? Noted(header) : header;
        var file = SweepFile.Create(options.Store ?? RunOptions.DefaultStore, header,
            new(RunState.Training, 0, null, 0, plan!.Groups.Sum(g => (long)g.Trials), 0, 0, 0, 0, null), _ => { }, options.Time);
        return Begin(header, plan, file, new(), options);
    }

    /// <summary>Resumes a sweep that was stopped, or whose process ended.</summary>
    /// <param name="sweep">Its id, its name, or the beginning of its id.</param>
    /// <param name="store">The folder. Default: what GRIDWORLD_STORE says, else <c>.gridworld</c> in the working directory.</param>
    /// <param name="options">How it is trained from now on.</param>
    /// <exception cref="InputException">There is no such sweep, its file is damaged, or another process trains it.</exception>
    public static SweepRun Resume(string sweep, string? store = null, SweepRunOptions? options = null)
    {
        options ??= new();
        options.Check();
        var file = SweepFile.Take(SweepFolder.Find(Guard.NotNull(sweep), store ?? options.Store).Path, options.Time);
        try
        {
            var (header, records) = file.Read(connection => (SweepHeader.Read(connection), SweepRecords.Read(connection)));
            if (options.UsesRedis && !HasNote(header))
                file.Write((connection, _) => Noted(header).Write(connection));
            return Begin(header, SweepPlan.Of(DefinitionOf(header)), file, records, options);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    static SweepRun Begin(SweepHeader header, SweepPlan plan, SweepFile file, SweepRecords records, SweepRunOptions options)
    {
        var training = new SweepTraining(header, plan, file, records, options);
        var run = new SweepRun(training, file.Path);
        training.Start();
        return run;
    }
}
