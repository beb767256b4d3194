namespace GridWorld;

/// <summary>
/// The rules of a world: everything except its map. The defaults are those of a plain text map, for example
/// <c>new World(["S..", "..G"], new WorldRules { Slip = 0.1, Moves = MoveSet.Eight })</c>.
/// If a character is in more than one of <see cref="Wall"/>, <see cref="Terminal"/> and <see cref="Restart"/>, the first of these applies.
/// </summary>
public sealed record WorldRules
{
    internal static readonly IReadOnlyDictionary<char, double> DefaultRewards = new CharacterTable<double>("CH", -100, -100);

    /// <summary>The rules of a plain text map.</summary>
    public static WorldRules Default { get; } = new();

    /// <summary>The actions and their order. Default four.</summary>
    public MoveSet Moves { get; init; }

    /// <summary>The reward of a step into a cell that has no reward of its own. Finite. Default −1.</summary>
    public double StepReward { get; init; } = -1;

    /// <summary>The reward of <c>stay</c> and of a blocked move. Finite. Default null, which means <see cref="StepReward"/>.</summary>
    public double? BumpReward { get; init; }

    /// <summary>Rewards for entering a cell, by the cell's character. Finite. Default −100 for H and C.</summary>
    public IReadOnlyDictionary<char, double> Rewards { get; init => field = Sorted(Guard.NotNull(value)); } = DefaultRewards;

    /// <summary>Rewards for entering single cells, instead of those of their characters. Default none.</summary>
    public IReadOnlyList<CellReward> CellRewards { get; init => field = [.. Guard.NotNull(value)]; } = [];

    /// <summary>Characters of the cells that end an episode. Default "GH".</summary>
    public string Terminal { get; init => field = Guard.NotNull(value); } = "GH";

    /// <summary>Characters of the cells that return the agent to a start, where the episode continues. Default "C".</summary>
    public string Restart { get; init => field = Guard.NotNull(value); } = "C";

    /// <summary>Characters of the cells that cannot be entered. Default "#@".</summary>
    public string Wall { get; init => field = Guard.NotNull(value); } = "#@";

    /// <summary>Additional characters and the built-in tile that each stands for. Default none.</summary>
    public IReadOnlyDictionary<char, char> Legend { get; init => field = Sorted(Guard.NotNull(value)); } =
        CharacterTable<char>.Empty;

    /// <summary>The probability of a slip, in [0, 1]. FrozenLake uses 2/3. Default 0.</summary>
    public double Slip { get; init; }

    /// <summary>The directions of a slip. Default perpendicular.</summary>
    public SlipKind SlipKind { get; init; }

    /// <summary>The probability that the last action is repeated instead of the chosen one, in [0, 1). Default 0.</summary>
    public double Sticky { get; init; }

    /// <summary>
    /// One number per column: the cells that the wind moves an agent up when it leaves the column; negative is down. Default none.
    /// </summary>
    public IReadOnlyList<int> Wind { get; init => field = [.. Guard.NotNull(value)]; } = [];

    /// <summary>
    /// The probability that the wind of a windy column is one cell stronger or weaker, in [0, 1], shared equally. Default 0.
    /// </summary>
    public double WindNoise { get; init; }

    /// <summary>Cells from which any action leads elsewhere, by character. Default none.</summary>
    public IReadOnlyDictionary<char, Teleport> Teleports { get; init => field = Sorted(Guard.NotNull(value)); } =
        CharacterTable<Teleport>.Empty;

    /// <summary>
    /// Cells that the agent leaves by any action, which ends the episode and pays this reward (Berkeley CS188's <c>exit</c>), by character.
    /// Finite. Entering such a cell is a step like any other. Default none.
    /// </summary>
    public IReadOnlyDictionary<char, double> Exits { get; init => field = Sorted(Guard.NotNull(value)); } =
        CharacterTable<double>.Empty;

    /// <summary>
    /// Keys and the door that each opens, by character. The agent takes a key by entering its cell and keeps it until the episode or a
    /// restart. A door is a wall to an agent without a key for it. At most 8 keys. Default none.
    /// </summary>
    public IReadOnlyDictionary<char, char> Keys { get; init => field = Sorted(Guard.NotNull(value)); } =
        CharacterTable<char>.Empty;

    /// <summary>The passenger that the agent carries between stops; adds the actions pickup and dropoff. Default none.</summary>
    public Passenger? Passenger { get; init; }

    /// <summary>Fences between neighboring cells, which no move crosses. Only for the move sets with four moves. Default none.</summary>
    public IReadOnlyList<Fence> Fences { get; init => field = [.. Guard.NotNull(value)]; } = [];

    /// <summary>The cells in which episodes start. Default none, which means every S with equal probability.</summary>
    public IReadOnlyList<WorldStart> Starts { get; init => field = [.. Guard.NotNull(value)]; } = [];

    /// <summary>
    /// Number of steps after which an episode is truncated, at least 1. Default null, which means 10 × width × height but at least 1,000.
    /// </summary>
    public int? MaxSteps { get; init; }

    /// <summary>The maps that replace the first one during a run, in order. Default none.</summary>
    public IReadOnlyList<WorldChange> Changes { get; init => field = [.. Guard.NotNull(value)]; } = [];

    /// <summary>Returns whether all rules are equal.</summary>
    public bool Equals(WorldRules? other) => other is not null
        && (Moves, StepReward, BumpReward, Terminal, Restart,
        Wall).Equals((other.Moves, other.StepReward, other.BumpReward, other.Terminal, other.Restart, other.Wall))
        && (Slip, SlipKind, Sticky, WindNoise, MaxSteps).Equals((other.Slip, other.SlipKind, other.Sticky, other.WindNoise, other.MaxSteps))
        && Same(Rewards, other.Rewards) && Same(CellRewards, other.CellRewards)
        && Same(Legend, other.Legend) && Same(Teleports, other.Teleports)
        && Same(Exits, other.Exits) && Same(Keys, other.Keys) && Same(Fences, other.Fences)
        && Equals(Passenger, other.Passenger)
        && Same(Wind, other.Wind) && Same(Starts, other.Starts) && Same(Changes, other.Changes);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Moves, StepReward, BumpReward, Terminal, Slip, Rewards.Count, Wind.Count, MaxSteps);

    static CharacterTable<T> Sorted<T>(IReadOnlyDictionary<char, T> value) => CharacterTable<T>.Of(value);

    static bool Same<T>(IEnumerable<T> one, IEnumerable<T> other) => ReferenceEquals(one, other) || one.SequenceEqual(other);
}
