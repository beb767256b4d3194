using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The initial settings of a run, as lists contain them: a run never changes them.</summary>
/// <param name="Learner">Name and options of the learner, as JSON.</param>
/// <param name="World"><see cref="World.Hash"/>: runs with the same hash train in the same world.</param>
/// <param name="StepLimit">The maximum number of steps of an episode.</param>
/// <param name="Seed">The seed, as text.</param>
internal sealed record RunSettings(string Learner, string World, int StepLimit, string Seed)
{
    public static RunSettings Of(RunSpecification specification)
    {
        var learner = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(learner))
            LearnerJson.Write(json, specification.Learner);
        return new(Encoding.UTF8.GetString(learner.WrittenSpan), specification.World.Hash, specification.StepLimit,
            specification.Seed.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Reads the settings of a run file; null if its specification is damaged.</summary>
    public static RunSettings? Read(SqliteConnection connection)
    {
        try
        {
            return Of(SpecificationJson.Read((string)StoreTable.Specification.ReadOne(connection)[2]!));
        }
        catch (Exception e) when (e is InputException || StoreDamage.IsOfContent(e))
        {
            return null;
        }
    }
}
