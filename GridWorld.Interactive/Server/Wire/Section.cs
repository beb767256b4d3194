using System.Buffers;
using System.Text.Json;

namespace GridWorld;

/// <summary>One member of a frame, already written. A frame holds at most one of each name.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Json">Its value.</param>
/// <param name="Continues">Whether it is a list that continues from the section before.</param>
internal readonly record struct Section(string Name, ReadOnlyMemory<byte> Json, bool Continues = false)
{
    /// <summary>Long lists are cut into sections of about this size, of which a frame takes as many as it has room for.</summary>
    public const int Aim = 4 * 1024;

    public static Section Write(string name, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return new(name, buffer.WrittenMemory);
    }

    /// <summary>This list and the one that continues from it as one.</summary>
    public Section With(Section next)
    {
        ReadOnlySpan<byte> mine = Json.Span, others = next.Json.Span;
        var end = mine.LastIndexOf((byte)']');
        return this with { Json = (byte[])[.. mine[..end], (byte)',', .. others[(others.IndexOf((byte)'[') + 1)..]] };
    }

    /// <summary>A list that may take several sections: each has the head's members, then <paramref name="list"/> with as many items as fit.</summary>
    public static IEnumerable<Section> Cut<T>(string name, string? list, IReadOnlyList<T> items, Action<Utf8JsonWriter, bool> head, Action<Utf8JsonWriter, T> write)
    {
        var next = 0;
        do
        {
            var first = next;
            var section = Write(name, writer =>
            {
                if (list is not null)
                {
                    writer.WriteStartObject();
                    head(writer, first == 0);
                    writer.WriteStartArray(list);
                }
                else
                {
                    writer.WriteStartArray();
                }

                for (; next < items.Count && writer.BytesCommitted + writer.BytesPending < Aim; next++)
                    write(writer, items[next]);
                writer.WriteEndArray();
                if (list is not null)
                    writer.WriteEndObject();
            });
            yield return section with { Continues = first > 0 };
        }
        while (next < items.Count);
    }
}
