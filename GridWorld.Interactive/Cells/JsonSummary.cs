using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>A value as JSON with a few numbers, for cells in other languages and for the list of variables.</summary>
internal static class JsonSummary
{
    /// <summary>The run's identity, the address of its live view, and its status in the server's format.</summary>
    public static string Of(RunView view) => Write(json =>
    {
        json.WriteString("id", view.Id);
        json.WriteString("world", view.World.Name);
        json.WriteString("learner", view.Specification.Learner.Name);
        json.WriteString("seed", view.Specification.Seed.ToString(CultureInfo.InvariantCulture)); // can exceed JavaScript's integers
        json.WriteString("url", LiveLink.TryTo(view)?.Best);
        json.WritePropertyName("status");
        JsonSerializer.Serialize(json, WireStatus.Of(view.Status(), canControl: view is Run), WireJson.Default.WireStatus);
    });

    /// <summary>The world in the format of its file.</summary>
    public static string Of(World world) => world.ToJson();

    public static string Of(Plan plan) => Write(json =>
    {
        json.WriteNumber("states", plan.Mdp.States);
        json.WriteNumber("actions", plan.Mdp.Actions);
        json.Number("discount_factor", plan.DiscountFactor);
        json.Number("start_value", plan.StartValue);
        json.WriteNumber("iterations", plan.Iterations);
        json.Number("residual", plan.Residual);
    });

    public static string Of(EnsembleView ensemble) => Write(json =>
    {
        var (status, seeds) = (ensemble.Status(), ensemble.Seeds);
        json.WriteString("id", ensemble.Id);
        json.WriteString("state", RunColumns.Word(status.State));
        json.WriteNumber("seeds", status.Seeds);
        json.WriteString("first_seed", ensemble.Specification.Seed.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("episodes", seeds.Sum(s => s.Episodes));
        json.WriteNumber("steps", status.Steps);
        json.Number("mean_return", seeds.Sum(s => s.Episodes) is > 0 and var episodes ? seeds.Sum(s => s.TotalReturn) / episodes : null);
    });

    public static string Of(SweepView sweep) => Write(json =>
    {
        var status = sweep.Status();
        json.WriteString("id", sweep.Id);
        json.WriteString("state", RunColumns.Word(status.State));
        json.WriteNumber("trials", status.Trials);
        json.WriteNumber("ended", status.Ended);
        json.WriteNumber("failed", status.Failed);
        json.WriteNumber("steps", status.Steps);
    });

    static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
