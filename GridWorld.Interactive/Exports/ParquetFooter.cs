using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Parquet.Meta;

namespace GridWorld;

/// <summary>Checks the footer of a Parquet file before the library reads it.</summary>
internal static class ParquetFooter
{
    // "PAR1", …, the length of the footer, "PAR1".
    const int Frame = 12, AfterFooter = 8;
    const string Reader = "Parquet.Meta.Proto.ThriftCompactProtocolReader, Parquet";

    /// <summary>
    /// The library's reader never ends if a number is cut off by the end of the footer: it takes the end of the stream for one more byte.
    /// So it reads the footer first from a stream that throws there.
    /// </summary>
    /// <exception cref="IOException">The footer ends too early.</exception>
    /// <exception cref="InvalidDataException">The file cannot contain its footer.</exception>
    public static void Check(Stream file)
    {
        Span<byte> end = stackalloc byte[AfterFooter];
        if (file.Length < Frame)
            throw new InvalidDataException("The file is too short for a Parquet file.");
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        int length = BinaryPrimitives.ReadInt32LittleEndian(end);
        if (length < 0 || length > file.Length - Frame)
            throw new InvalidDataException($"Its footer claims {length} bytes of {file.Length}.");
        byte[] footer = new byte[length];
        file.Seek(-AfterFooter - length, SeekOrigin.End);
        file.ReadExactly(footer);
        file.Position = 0;
        _ = Read(null, NewReader(new StrictMemory(footer)));
    }

    /// <summary>Opens a file for the library's reader, which reads the heads of pages from it byte by byte.</summary>
    public static Stream Open(string path) => new StrictFile(path);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(Reader)]
    static extern object NewReader(Stream from);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod)]
    static extern FileMetaData Read(FileMetaData? type, [UnsafeAccessorType(Reader)] object from);

    static int Byte(int read) => read >= 0 ? read : throw new EndOfStreamException("The file ends in the middle of a number.");

    sealed class StrictMemory(byte[] bytes) : MemoryStream(bytes)
    {
        public override int ReadByte() => Byte(base.ReadByte());
    }

    sealed class StrictFile(string path) : FileStream(path, FileMode.Open, FileAccess.Read)
    {
        public override int ReadByte() => Byte(base.ReadByte());
    }
}
