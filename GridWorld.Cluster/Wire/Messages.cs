using System.Text.Json;

namespace GridWorld.Cluster;

/// <summary>A piece of work: one seed of one trial, up to the end of a rung.</summary>
[GenerateSerializer, Immutable, Alias("gw.unit")]
internal readonly record struct UnitId([property: Id(0)] long Trial, [property: Id(1)] ulong Seed, [property: Id(2)] int Rung)
{
    public UnitKey Key => new(Trial, Seed, Rung);

    public static UnitId Of(UnitKey key) => new(key.Trial, key.Seed, key.Rung);
}

/// <summary>What a worker says. Sending it again changes nothing.</summary>
/// <param name="Worker">A number that no other process has.</param>
/// <param name="Name">The worker's machine and process.</param>
/// <param name="Silo">The incarnation of its silo; empty for a client.</param>
/// <param name="Version">See <see cref="Compatibility"/>.</param>
/// <param name="Mathematics">See <see cref="Compatibility"/>.</param>
/// <param name="Token">See <see cref="Compatibility"/>.</param>
/// <param name="Sweep">The sweep that it trains; empty before the first orders.</param>
/// <param name="Threads">Number of threads that train; 0 when it leaves.</param>
/// <param name="Want">How many pieces of work it would have.</param>
/// <param name="Held">The pieces that it has.</param>
/// <param name="Done">Results.</param>
/// <param name="Returned">Pieces that it does not train any more.</param>
/// <param name="Restarts">How often it lost the connection.</param>
/// <param name="Lost">Seconds without a connection.</param>
[GenerateSerializer, Immutable, Alias("gw.report")]
internal sealed record Report(
    [property: Id(0)] string Worker, [property: Id(1)] string Name, [property: Id(2)] string Silo, [property: Id(3)] string Version,
    [property: Id(4)] string Mathematics, [property: Id(5)] string Token, [property: Id(6)] string Sweep, [property: Id(7)] int Threads,
    [property: Id(8)] int Want, [property: Id(9)] UnitId[] Held, [property: Id(10)] Finished[] Done, [property: Id(11)] UnitId[] Returned,
    [property: Id(12)] int Restarts, [property: Id(13)] double Lost);

/// <summary>What home answers.</summary>
/// <param name="Refusal">Why the worker cannot take part; null if it can.</param>
/// <param name="IsFenced">Whether the worker's silo is dead for the others, and must be started again.</param>
/// <param name="IsOver">Whether the sweep has ended.</param>
/// <param name="IsHeld">Whether nothing is to be trained now.</param>
/// <param name="Sweep">The id of the sweep; work of another one is to be forgotten.</param>
/// <param name="Objective">What the sweep optimizes.</param>
/// <param name="Abandon">Work to be given up, since someone else has it or had it.</param>
/// <param name="Unknown">Results to be reported again, since home does not know their work yet.</param>
/// <param name="Trials">The trials of the new work.</param>
/// <param name="Start">New work.</param>
[GenerateSerializer, Immutable, Alias("gw.orders")]
internal sealed record Orders(
    [property: Id(0)] string? Refusal, [property: Id(1)] bool IsFenced, [property: Id(2)] bool IsOver, [property: Id(3)] bool IsHeld,
    [property: Id(4)] string Sweep, [property: Id(5)] string Objective, [property: Id(6)] UnitId[] Abandon,
    [property: Id(7)] UnitId[] Unknown, [property: Id(8)] TrialOrder[] Trials, [property: Id(9)] UnitOrder[] Start)
{
    public static Orders None { get; } = new(null, false, false, false, "", "", [], [], [], []);
}

/// <summary>A trial, in the words of a sweep file.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="World">The hash of its world.</param>
/// <param name="Learner">The options of its learner, as JSON.</param>
/// <param name="Episodes">Number of episodes of the whole run.</param>
/// <param name="MaxSteps">The step limit; null for the world's.</param>
[GenerateSerializer, Immutable, Alias("gw.trial")]
internal sealed record TrialOrder(
    [property: Id(0)] long Trial, [property: Id(1)] string World, [property: Id(2)] string Learner, [property: Id(3)] long? Episodes,
    [property: Id(4)] int? MaxSteps)
{
    public static TrialOrder Of(long trial, RunSpecification specification) => new(trial, specification.World.Hash,
        TrialTable.Options(specification.Learner), specification.Episodes, specification.MaxSteps);

    /// <summary>The run, with seed 0.</summary>
    public RunSpecification Specification(World world)
    {
        using var learner = JsonDocument.Parse(Learner);
        return new(world, LearnerJson.Read(learner.RootElement), 0, Episodes, MaxSteps);
    }
}

/// <summary>A piece of work to be trained.</summary>
/// <param name="Unit">The work.</param>
/// <param name="Episodes">Number of episodes that must have ended.</param>
/// <param name="IsLast">Whether this is the last rung, so that no later work needs its state.</param>
/// <param name="HasState">Whether it may go on from a state.</param>
[GenerateSerializer, Immutable, Alias("gw.order")]
internal sealed record UnitOrder(
    [property: Id(0)] UnitId Unit, [property: Id(1)] long Episodes, [property: Id(2)] bool IsLast, [property: Id(3)] bool HasState);

/// <summary>A result. The fields are those of <see cref="SeedResult"/>.</summary>
[GenerateSerializer, Immutable, Alias("gw.finished")]
internal sealed record Finished(
    [property: Id(0)] UnitId Unit, [property: Id(1)] bool IsFailed, [property: Id(2)] long Episodes, [property: Id(3)] long Steps,
    [property: Id(4)] double TotalReturn, [property: Id(5)] double? MeanReturn, [property: Id(6)] double? Score,
    [property: Id(7)] double? QChecksum, [property: Id(8)] double? GreedyValue, [property: Id(9)] string? Hash,
    [property: Id(10)] string? Error, [property: Id(11)] byte[] Curve)
{
    public static Finished Of(UnitId unit, SeedOutcome outcome)
    {
        var (result, curve) = (outcome.Result, new StateWriter());
        outcome.Curve!.Save(curve);
        return new(unit, result.State == TrialState.Failed, result.Episodes, result.Steps, result.TotalReturn, result.MeanReturnLast100,
            result.Score, result.QChecksum, result.GreedyValue, result.Hash, result.Error, SeedTable.Pack(curve.Sections));
    }

    public SeedResult Result => new(Unit.Seed, IsFailed ? TrialState.Failed : TrialState.Done, Episodes, Steps, TotalReturn, MeanReturn,
        Score, QChecksum, GreedyValue, Hash, Error);

    /// <summary>The outcome. The state for the next rung travels by itself.</summary>
    public SeedOutcome Outcome
    {
        get
        {
            var curve = new SeedCurve();
            curve.Load(new StateReader(SeedTable.Unpack(Curve)));
            return new(Result, curve, null);
        }
    }
}

/// <summary>A part of a packed state.</summary>
/// <param name="Unit">The work.</param>
/// <param name="Episode">Number of episodes that have ended.</param>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Count">Number of parts.</param>
/// <param name="Bytes">Its bytes.</param>
[GenerateSerializer, Immutable, Alias("gw.part")]
internal sealed record StatePart(
    [property: Id(0)] UnitId Unit, [property: Id(1)] long Episode, [property: Id(2)] int Index, [property: Id(3)] int Count,
    [property: Id(4)] byte[] Bytes)
{
    /// <summary>The most bytes of a part.</summary>
    public const int Most = 1 << 20;

    /// <summary>The parts of a packed state.</summary>
    public static IEnumerable<StatePart> Of(UnitId unit, long episode, byte[] packed)
    {
        var parts = packed.Chunk(Most).ToList();
        return parts.Select((bytes, k) => new StatePart(unit, episode, k, parts.Count, bytes));
    }
}
