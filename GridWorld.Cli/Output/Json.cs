using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GridWorld.Cli;

/// <summary>JSON on stdout, one line; numbers with all their digits.</summary>
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

    public static void PrintObject(Action<Utf8JsonWriter> write) => Print(json =>
    {
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    });

    /// <summary>An array of objects.</summary>
    public static void PrintRows(IReadOnlyList<string> columns, IEnumerable<object?[]> rows) => Print(json =>
    {
        json.WriteStartArray();
        foreach (var row in rows)
            JsonLinesExport.Row(columns, row, json);
        json.WriteEndArray();
    });

    /// <summary>NaN and infinities are written as words.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        json.Number(value);
    }

    public static void Number(this Utf8JsonWriter json, double? value)
    {
        if (value is null)
            json.WriteNullValue();
        else if (double.IsFinite(value.Value))
            json.WriteNumberValue(value.Value);
        else
            json.WriteStringValue(Printable.Number(value.Value));
    }
}
