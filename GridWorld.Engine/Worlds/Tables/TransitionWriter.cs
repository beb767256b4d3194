using System.Buffers;
using System.Text.Json;

namespace GridWorld;

/// <summary>Writes <c>.mdp.json</c>, one line per state. A number is written with all its digits.</summary>
internal static class TransitionWriter
{
    public static byte[] Write(TransitionTable table, string name, int? maxSteps)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (name.Length > 0)
                json.WriteString("name", name);
            Lines("P", table.States, (row, s) => WriteState(row, table, s));
            Lines("start", table.Starts.Length, (row, i) => Pair(row, table.Starts[i].State, table.Starts[i].Probability));
            Lines("actions", table.ActionNames.Length, (row, i) => row.WriteStringValue(table.ActionNames[i]));
            Lines("labels", table.Labels.Length, (row, i) => row.WriteStringValue(table.Labels[i]));
            Lines("positions", table.Positions.Length, (row, i) => Pair(row, table.Positions[i].X, table.Positions[i].Y));
            if (maxSteps is { } most)
                json.WriteNumber("max_steps", most);
            json.WriteEndObject();

            void Lines(string property, int count, Action<Utf8JsonWriter, int> write)
            {
                if (count == 0)
                    return;
                var line = new ArrayBufferWriter<byte>();
                using var row = new Utf8JsonWriter(line);
                json.WriteStartArray(property);
                for (int i = 0; i < count; i++)
                {
                    line.ResetWrittenCount();
                    row.Reset();
                    line.Write("\n"u8);
                    write(row, i);
                    row.Flush();
                    json.WriteRawValue(line.WrittenSpan, skipInputValidation: true);
                }

                json.WriteEndArray();
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    static void WriteState(Utf8JsonWriter json, TransitionTable table, int state)
    {
        json.WriteStartArray();
        for (int a = 0; a < table.Actions; a++)
        {
            json.WriteStartArray();
            foreach (var (probability, next, reward, terminated) in table.Of(state, a))
            {
                json.WriteStartArray();
                json.WriteNumberValue(probability);
                json.WriteNumberValue(next);
                json.WriteNumberValue(reward);
                json.WriteBooleanValue(terminated);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    static void Pair(Utf8JsonWriter json, double first, double second)
    {
        json.WriteStartArray();
        json.WriteNumberValue(first);
        json.WriteNumberValue(second);
        json.WriteEndArray();
    }
}
