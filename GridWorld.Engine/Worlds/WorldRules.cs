using System.Collections.Immutable;

namespace GridWorld;

/// <summary>
/// Everything about a world but its map, with the defaults of a plain text map. Change some with <c>with</c>:
/// <c>new World(["S..", "..G"], new WorldRules { Slip = 0.1, Moves = MoveSet.Eight })</c>.
/// Where a character is in more than one of <see cref="Wall"/>, <see cref="Terminal"/> and <see cref="Restart"/>, the first of these holds.
/// </summary>
public sealed record WorldRules
{
    internal static readonly ImmutableSortedDictionary<char, double> DefaultRewards = ImmutableSortedDictionary<char, double>.Empty.Add('C', -100).Add('H', -100);

    /// <summary>The rules of a plain text map.</summary>
    public static WorldRules Default { get; } = new();

    /// <summary>The actions and their order. Default four.</summary>
    public MoveSet Moves { get; init; }

    /// <summary>The reward of a step into a cell without its own reward. Finite; default −1.</summary>
    public double StepReward { get; init; } = -1;

    /// <summary>The reward of <c>stay</c> and of a move that is blocked; null, the default, is the step reward.</summary>
    public double? BumpReward { get; init; }

    /// <summary>Rewards for entering a cell, by its character. Default −100 for H and C.</summary>
    public IReadOnlyDictionary<char, double> Rewards { get; init => field = Sorted(Given.NotNull(value)); } = DefaultRewards;

    /// <summary>Characters of the cells that end an episode. Default "GH".</summary>
    public string Terminal { get; init => field = Given.NotNull(value); } = "GH";

    /// <summary>Characters of the cells from which the episode continues from a fresh start. Default "C".</summary>
    public string Restart { get; init => field = Given.NotNull(value); } = "C";

    /// <summary>Characters of the cells that cannot be entered. Default "#@".</summary>
    public string Wall { get; init => field = Given.NotNull(value); } = "#@";

    /// <summary>Own characters and the tile each stands for. Default none.</summary>
    public IReadOnlyDictionary<char, char> Legend { get; init => field = Sorted(Given.NotNull(value)); } = ImmutableSortedDictionary<char, char>.Empty;

    /// <summary>The probability, in [0, 1], of a slip. FrozenLake's is 2/3. Default 0.</summary>
    public double Slip { get; init; }

    /// <summary>Where a slip leads. Default perpendicular.</summary>
    public SlipKind SlipKind { get; init; }

    /// <summary>The probability, in [0, 1), that the last action is repeated in place of the chosen one. Default 0.</summary>
    public double Sticky { get; init; }

    /// <summary>For every column, how many cells the wind moves up an agent that leaves it (negative: down). Default none.</summary>
    public IReadOnlyList<int> Wind { get; init => field = [.. Given.NotNull(value)]; } = [];

    /// <summary>The probability, in [0, 1] and shared equally, that the wind of a windy column is one stronger or weaker. Default 0.</summary>
    public double WindNoise { get; init; }

    /// <summary>Cells from which any action leads elsewhere, by character. Default none.</summary>
    public IReadOnlyDictionary<char, Teleport> Teleports { get; init => field = Sorted(Given.NotNull(value)); } = ImmutableSortedDictionary<char, Teleport>.Empty;

    /// <summary>Where episodes start; none, the default, means at every S with equal probability.</summary>
    public IReadOnlyList<WorldStart> Starts { get; init => field = [.. Given.NotNull(value)]; } = [];

    /// <summary>Steps after which an episode is truncated, at least 1; null, the default, is ten times width × height, at least 1,000.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>Maps that take the place of the first one while a run trains, in order. Default none.</summary>
    public IReadOnlyList<WorldChange> Changes { get; init => field = [.. Given.NotNull(value)]; } = [];

    /// <summary>Whether all rules are the same.</summary>
    public bool Equals(WorldRules? other) => other is not null
        && (Moves, StepReward, BumpReward, Terminal, Restart, Wall).Equals((other.Moves, other.StepReward, other.BumpReward, other.Terminal, other.Restart, other.Wall))
        && (Slip, SlipKind, Sticky, WindNoise, MaxSteps).Equals((other.Slip, other.SlipKind, other.Sticky, other.WindNoise, other.MaxSteps))
        && Rewards.SequenceEqual(other.Rewards) && Legend.SequenceEqual(other.Legend) && Teleports.SequenceEqual(other.Teleports)
        && Wind.SequenceEqual(other.Wind) && Starts.SequenceEqual(other.Starts) && Changes.SequenceEqual(other.Changes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Moves, StepReward, BumpReward, Terminal, Slip, Rewards.Count, Wind.Count, MaxSteps);

    static ImmutableSortedDictionary<char, T> Sorted<T>(IReadOnlyDictionary<char, T> value) => value.ToImmutableSortedDictionary();
}

/// <summary>Where a slip leads.</summary>
public enum SlipKind
{
    /// <summary>90° to the left or right of the chosen direction, each with half the probability.</summary>
    Perpendicular,

    /// <summary>Any action, including the chosen one, with equal probability.</summary>
    Uniform,
}

/// <summary>What any action does in a cell with this teleport's character.</summary>
/// <param name="X">Column of the target, from 0.</param>
/// <param name="Y">Row of the target, from 0 at the top.</param>
/// <param name="Reward">The reward; null is that of entering the target.</param>
public readonly record struct Teleport(int X, int Y, double? Reward = null);

/// <summary>A cell where episodes start.</summary>
/// <param name="X">Column, from 0.</param>
/// <param name="Y">Row, from 0 at the top.</param>
/// <param name="P">Probability in (0, 1]; null in all starts means equal probabilities.</param>
public readonly record struct WorldStart(int X, int Y, double? P = null);

/// <summary>A map that takes the place of the first one.</summary>
/// <param name="AfterSteps">Steps of the run before the change; the map holds from step <paramref name="AfterSteps"/> + 1 on.</param>
/// <param name="Map">The rows, separated by line feeds, of the same size as the first map.</param>
public sealed record WorldChange(long AfterSteps, string Map)
{
    /// <summary>The rows, separated by line feeds, of the same size as the first map.</summary>
    public string Map { get; init => field = Given.NotNull(value); } = Given.NotNull(Map);
}
