using System.Buffers.Binary;

namespace GridWorld;

/// <summary>
/// Checks the footer of a foreign Parquet file, which is in Thrift's compact protocol, before the library reads it: the library never ends
/// if a number is cut off, makes lists of whatever length is claimed, and follows any nesting until its stack is exhausted.
/// </summary>
internal ref struct ParquetFooter
{
    // "PAR1", …, the length of the footer, "PAR1".
    const int Frame = 12, AfterFooter = 8;
    const int True = 1, False = 2, Byte = 3, Int16 = 4, Int64 = 6, Double = 7, Binary = 8, List = 9, Set = 10, Structure = 12;
    const int MostDepth = 16;
    ReadOnlySpan<byte> left;
    int depth;

    /// <exception cref="InvalidDataException">The file cannot contain its footer, or the footer is damaged.</exception>
    public static void Check(Stream file)
    {
        Span<byte> end = stackalloc byte[AfterFooter];
        Require(file.Length >= Frame, "The file is too short for a Parquet file.");
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        int length = BinaryPrimitives.ReadInt32LittleEndian(end);
        Require(length >= 0 && length <= file.Length - Frame, $"Its footer claims {length} bytes of {file.Length}.");
        byte[] footer = new byte[length];
        file.Seek(-AfterFooter - length, SeekOrigin.End);
        file.ReadExactly(footer);
        file.Position = 0;
        new ParquetFooter { left = footer }.SkipStructure();
    }

    void SkipStructure()
    {
        Require(++depth <= MostDepth);
        for (int head = Next(); head != 0; head = Next())
        {
            if (head >> 4 == 0)
                Number(); // the field's number, which is otherwise one more than that of the field before
            if ((head & 15) is not (True or False))
                SkipValue(head & 15);
        }

        depth--;
    }

    void SkipList()
    {
        Require(++depth <= MostDepth);
        int head = Next(), count = head >> 4 is < 15 and var few ? few : Count();
        Require(count <= left.Length);
        for (; count > 0; count--)
            SkipValue((head & 15) is True or False ? Byte : head & 15);
        depth--;
    }

    void SkipValue(int kind)
    {
        switch (kind)
        {
            case Byte: Skip(1); break;
            case >= Int16 and <= Int64: Number(); break;
            case Double: Skip(sizeof(double)); break;
            case Binary: Skip(Count()); break;
            case List or Set: SkipList(); break;
            case Structure: SkipStructure(); break;
            default: Require(false); break;
        }
    }

    void Skip(int count)
    {
        Require(count <= left.Length);
        left = left[count..];
    }

    int Next()
    {
        Require(left.Length > 0);
        int next = left[0];
        left = left[1..];
        return next;
    }

    int Count()
    {
        ulong count = Number();
        Require(count <= (ulong)left.Length);
        return (int)count;
    }

    ulong Number()
    {
        ulong number = 0;
        for (int shift = 0; ; shift += 7)
        {
            int next = Next();
            Require(shift < 64);
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return number;
        }
    }

    static void Require(bool isSound, string fault = "Its footer is damaged.")
    {
        if (!isSound)
            throw new InvalidDataException(fault);
    }
}
