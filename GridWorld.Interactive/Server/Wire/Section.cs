using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GridWorld;

/// <summary>One serialized member of a frame. A frame contains at most one member of each name.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Json">Its value.</param>
/// <param name="Continues">Whether it is a list that continues from the section before.</param>
internal readonly record struct Section(string Name, ReadOnlyMemory<byte> Json, bool Continues = false)
{
    /// <summary>The approximate size of the sections of long lists. A frame contains as many sections as fit.</summary>
    public const int Aim = 4 * 1024;

    public static Section Of<T>(string name, T value, JsonTypeInfo<T> type) => new(name, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Joins this list and the list that continues from it.</summary>
    public Section With(Section next)
    {
        ReadOnlySpan<byte> mine = Json.Span, others = next.Json.Span;
        var end = mine.LastIndexOf((byte)']');
        return this with { Json = (byte[])[.. mine[..end], (byte)',', .. others[(others.IndexOf((byte)'[') + 1)..]] };
    }

    /// <summary>
    /// Writes a list as one or more sections: the value of <paramref name="empty"/>, with as many items as fit in its empty list.
    /// </summary>
    public static IEnumerable<Section> Cut<T>(string name, IReadOnlyList<T> items, JsonTypeInfo<T> type, Func<bool, byte[]> empty)
    {
        var next = 0;
        do
        {
            var first = next == 0;
            ReadOnlySpan<byte> head = empty(first);
            var list = head.LastIndexOf("[]"u8) + 1;
            var buffer = new ArrayBufferWriter<byte>(Aim * 2);
            buffer.Write(head[..list]);
            using (var writer = new Utf8JsonWriter(buffer, new() { SkipValidation = true }))
                for (; next < items.Count && writer.BytesCommitted + writer.BytesPending < Aim; next++)
                    JsonSerializer.Serialize(writer, items[next], type);
            buffer.Write(head[list..]);
            yield return new(name, buffer.WrittenMemory, Continues: !first);
        }
        while (next < items.Count);
    }
}
