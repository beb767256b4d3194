namespace GridWorld;

/// <summary>The tables of a sweep file.</summary>
internal static class SweepTables
{
    public static readonly StoreTable Sweep =
        new("sweep", 1, "one", "id", "name", "created", "kind", "world", "learner", "definition");

    public static readonly StoreTable Standing =
        new("standing", 1, "one", "state", "episode", "target", "steps", "trials", "ended", "seconds",
        "changes", "decisions", "message", "updated");

    public static readonly StoreTable Change = new("change", 1, "seq", "episode", "timestamp", "param", "old_value", "new_value");

    public static readonly StoreTable Decision = new("decision", 1, "place", "json");

    public static readonly StoreTable World = new("world", 1, "hash", "json");

    public static readonly StoreTable Trial = new("trial", 1, "trial", "world", "world_hash", "learner", "settings", "options",
        "max_steps", "purpose", "same_as", "state",
        "episodes", "objective", "hash", "message");

    public static readonly StoreTable Seed = new("seed", 3, "trial", "seed", "rung", "state", "score", "episodes", "steps", "total_return",
        "mean_return", "q_checksum", "greedy_value", "hash", "message", "curve");

    public static readonly StoreTable Resting = new("resting", 2, "trial", "seed", "episode", "length", "data");
}
