using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The part of a run file that never changes.</summary>
internal sealed record RunHeader(string Id, string Name, DateTimeOffset Created, RunSpecification Specification, KeptOptions Options,
    RunParent? Parent = null)
{
    public void Write(SqliteConnection connection)
    {
        StoreTable.Run.Put(connection, 1, Id, Name, StoreTime.Write(Created), Specification.World.Name, Specification.Learner.Name,
            Parent?.RunId, Parent?.Episode, Options.ToJson());
        StoreTable.Specification.Put(connection, 1, Id, SpecificationJson.Write(Specification));
    }

    public static RunHeader Read(SqliteConnection connection)
    {
        var row = StoreTable.Run.ReadOne(connection);
        var specification = StoreTable.Specification.ReadOne(connection);
        return new((string)row[1]!, (string)row[2]!, StoreTime.Read(row[3]), SpecificationJson.Read((string)specification[2]!),
            KeptOptions.FromJson((string)row[8]!),
            RunParent.Of((string?)row[6], (long?)row[7]));
    }
}
