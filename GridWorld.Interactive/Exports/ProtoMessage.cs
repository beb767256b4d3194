using System.Buffers.Binary;
using System.Text;

namespace GridWorld;

/// <summary>
/// Writes one message in the wire format of Protocol Buffers, field by field (protobuf.dev, "Encoding"). A key is number × 8 + type, with
/// type 0 for a varint, 1 for 64 bits, 2 for length-prefixed bytes, 5 for 32 bits. Google.Protobuf would need more code: it builds messages
/// from classes that protoc generates (thousands of lines for onnx.proto and event.proto), and its low-level stream requires the length of
/// every inner message in advance.
/// </summary>
internal sealed class ProtoMessage
{
    readonly MemoryStream bytes = new();

    public ReadOnlySpan<byte> Bytes => bytes.GetBuffer().AsSpan(0, (int)bytes.Length);

    public ProtoMessage Add(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public ProtoMessage Add(int field, double value)
    {
        Span<byte> fixed64 = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(fixed64, value);
        Varint((ulong)field << 3 | 1);
        bytes.Write(fixed64);
        return this;
    }

    public ProtoMessage Add(int field, float value)
    {
        Span<byte> fixed32 = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(fixed32, value);
        Varint((ulong)field << 3 | 5);
        bytes.Write(fixed32);
        return this;
    }

    public ProtoMessage Add(int field, ReadOnlySpan<byte> value)
    {
        Varint((ulong)field << 3 | 2);
        Varint((ulong)value.Length);
        bytes.Write(value);
        return this;
    }

    public ProtoMessage Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text).AsSpan());

    public ProtoMessage Add(int field, ProtoMessage message) => Add(field, message.Bytes);

    public ProtoMessage AddEach(int field, IEnumerable<ProtoMessage> messages)
    {
        foreach (var message in messages)
            Add(field, message);
        return this;
    }

    /// <summary>Starts a new message in the same memory.</summary>
    public ProtoMessage Clear()
    {
        bytes.SetLength(0);
        return this;
    }

    void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.WriteByte((byte)(value | 0x80));
        bytes.WriteByte((byte)value);
    }
}
