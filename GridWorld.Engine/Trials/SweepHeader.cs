using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The first row of a sweep file.</summary>
internal sealed record SweepHeader(string Id, string Name, DateTimeOffset Created, string Kind, string World, string Learner,
    string Definition)
{
    public const string Ensemble = "ensemble", Sweep = "sweep";

    public void Write(SqliteConnection connection) =>
        SweepTables.Sweep.Put(connection, 1, Id, Name, StoreTime.Write(Created), Kind, World, Learner, Definition);

    public static SweepHeader Read(SqliteConnection connection)
    {
        var row = SweepTables.Sweep.ReadOne(connection);
        return new((string)row[1]!, (string)row[2]!, StoreTime.Read(row[3]), (string)row[4]!, (string)row[5]!, (string)row[6]!,
            (string)row[7]!);
    }
}
