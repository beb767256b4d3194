using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GridWorld.Cli;

/// <summary>Prints JSON on stdout, in one line. Numbers have all digits; NaN and infinities are strings.</summary>
internal static class Json
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Print(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
            write(json);
        Console.Out.WriteLine(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    public static void Print<T>(T value, JsonTypeInfo<T> type) => Print(json => JsonSerializer.Serialize(json, value, type));

    /// <summary>Prints an object.</summary>
    public static void PrintObject(params (string Name, object? Value)[] members) =>
        Print(json => JsonLinesExport.Row([.. members.Select(m => m.Name)], [.. members.Select(m => m.Value)], json));

    /// <summary>Prints an array of objects.</summary>
    public static void PrintRows(IReadOnlyList<string> columns, IEnumerable<object?[]> rows) => Print(json =>
    {
        json.WriteStartArray();
        foreach (var row in rows)
            JsonLinesExport.Row(columns, row, json);
        json.WriteEndArray();
    });
}

/// <summary>The records of the results that have a fixed shape.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(SolveReport))]
[JsonSerializable(typeof(BreakpointsReport))]
[JsonSerializable(typeof(WorldReport[]))]
internal sealed partial class ReportJson : JsonSerializerContext;
