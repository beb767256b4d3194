using System.Numerics;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Numbers in the narrowest type that represents each of them exactly; a single number if all are the same.</summary>
internal struct PackedColumn
{
    Array? packed;

    public readonly bool IsEmpty => packed is null;

    /// <summary>Packs numbers, which replace the previous ones and reuse their memory if the type is the same.</summary>
    public void Pack(ReadOnlySpan<double> values)
    {
        var bits = MemoryMarshal.Cast<double, long>(values);
        if (bits[1..].SequenceEqual(bits[..^1]))
            values[..1].CopyTo(Room<double>(1));
        else if (!AreWhole(values, out int least, out int most))
            values.CopyTo(Room<double>(values.Length));
        else if (least >= byte.MinValue && most <= byte.MaxValue)
            Narrow(values, Room<byte>(values.Length));
        else if (least >= short.MinValue && most <= short.MaxValue)
            Narrow(values, Room<short>(values.Length));
        else
            Narrow(values, Room<int>(values.Length));
    }

    /// <summary>Unpacks the numbers.</summary>
    public readonly void Unpack(Span<double> into)
    {
        switch (packed)
        {
            case double[] { Length: 1 } same:
                into.Fill(same[0]);
                break;
            case double[] all:
                all.CopyTo(into);
                break;
            case byte[] all:
                Widen(all, into);
                break;
            case short[] all:
                Widen(all, into);
                break;
            case int[] all:
                Widen(all, into);
                break;
        }
    }

    // −0 is not the whole number 0, because packing must keep every bit.
    static bool AreWhole(ReadOnlySpan<double> values, out int least, out int most)
    {
        (least, most) = (int.MaxValue, int.MinValue);
        foreach (double value in values)
        {
            int whole = (int)value;
            if (BitConverter.DoubleToInt64Bits(whole) != BitConverter.DoubleToInt64Bits(value))
                return false;
            (least, most) = (Math.Min(least, whole), Math.Max(most, whole));
        }

        return true;
    }

    static void Narrow<T>(ReadOnlySpan<double> values, T[] into) where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < into.Length; i++)
            into[i] = T.CreateTruncating((int)values[i]);
    }

    T[] Room<T>(int length) where T : unmanaged
    {
        if (packed is not T[] room || room.Length != length)
            packed = room = new T[length];
        return room;
    }

    static void Widen<T>(T[] all, Span<double> into) where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < all.Length; i++)
            into[i] = double.CreateTruncating(all[i]);
    }
}
