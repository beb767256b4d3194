using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>Packs sections into frames of at most <see cref="ServerLimits.FrameBytes"/>.</summary>
internal static class FramePacker
{
    // The maximum size of the frame's own members and the hub's envelope; and the fill limit, which keeps a frame within its limit even
    // if a client serializes it differently.
    const int Overhead = 512, Full = ServerLimits.FrameBytes * 3 / 4;

    /// <summary>
    /// Groups sections in their order. The first group of a complete view never contains all sections: a client acknowledges it
    /// immediately, but the last group only after drawing, so the first acknowledgment identifies a client that reads.
    /// </summary>
    public static List<List<Section>> Pack(IEnumerable<Section> sections, bool whole)
    {
        var groups = new List<List<Section>>();
        var room = 0;
        foreach (var section in sections)
        {
            var size = section.Name.Length + 4 + section.Json.Length;
            var endsHead = whole && groups.Count == 1 && section.Name is not ("status" or "world" or "diagnostics");
            var goesOn = section.Continues && groups[^1][^1].Name == section.Name;
            if (groups.Count == 0 || endsHead || size > room || !goesOn && groups[^1].Exists(s => s.Name == section.Name))
            {
                groups.Add([section]);
                room = Full;
            }
            else if (goesOn)
                groups[^1][^1] = groups[^1][^1].With(section);
            else
                groups[^1].Add(section);

            room -= size;
        }

        return groups;
    }

    public static RawJson Frame(string instance, string sessionId, long? at, long seq, long? baseSeq, bool more, List<Section> sections)
    {
        var buffer = new ArrayBufferWriter<byte>(sections.Sum(s => s.Json.Length) + Overhead);
        var head = JsonSerializer.SerializeToUtf8Bytes(new WireFrame(1, instance, sessionId, at, seq, baseSeq, more),
            WireJson.Default.WireFrame);
        buffer.Write(head.AsSpan(..^1));
        foreach (var section in sections)
        {
            buffer.Write(Encoding.UTF8.GetBytes($",\"{section.Name}\":"));
            buffer.Write(section.Json.Span);
        }

        buffer.Write("}"u8);
        return new(buffer.WrittenMemory);
    }
}
