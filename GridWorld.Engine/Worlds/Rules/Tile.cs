namespace GridWorld;

/// <summary>The meaning of one map character under a world's rules. An exit pays its reward for any action there.</summary>
internal sealed record Tile(char Character, char Meaning, bool IsWall, bool IsTerminal, bool IsRestart, double? Reward, Teleport? Teleport,
    double? Exit)
{
    public bool IsGoal => Exit is { } pays ? pays > 0 : IsTerminal && Meaning is not ('H' or 'C');

    /// <summary>Whether an episode ends in or after this cell.</summary>
    public bool IsEnd => IsTerminal || Exit is not null;

    public bool IsHarmful => IsRestart || (IsEnd && !IsGoal);
}
