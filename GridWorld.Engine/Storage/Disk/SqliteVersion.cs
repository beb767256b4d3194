using SQLitePCL;

namespace GridWorld;

/// <summary>
/// Checks the SQLite library of this process. Before 3.51.3 (and 3.50.7, 3.44.6), a write-ahead log could lose committed pages if two
/// connections wrote and checkpointed at the same time. A host may have loaded such a library before GridWorld.
/// </summary>
internal static class SqliteVersion
{
    public static bool WalIsSafe { get; } = HasWalFix(raw.sqlite3_libversion_number());

    /// <param name="version">The number of the version: 3051003 is 3.51.3.</param>
    public static bool HasWalFix(int version) => version >= 3_051_003
        || (version is >= 3_050_007 and < 3_051_000) || (version is >= 3_044_006 and < 3_045_000);
}
