using System.Buffers;
using System.Text.Json;

namespace GridWorld;

/// <summary>Writes <c>.world.json</c>: the values that differ from the defaults, always in the same order and form.</summary>
internal static class WorldJsonWriter
{
    public static byte[] Write(World world, bool named)
    {
        if (world.Table is { } table)
            return TransitionWriter.Write(table, named ? world.Name : "", world.MaxSteps);
        var buffer = new ArrayBufferWriter<byte>(world.Space.Cells + 1024);
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            if (named && world.Name.Length > 0)
                json.WriteString("name", world.Name);
            WorldRulesWriter.WriteMap(json, world.Rows());
            WorldRulesWriter.Write(json, world.Rules);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
