using System.Numerics;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Raw episodes as bytes, column by column as <see cref="EpisodeColumns"/> lists and stores them.</summary>
internal static class EpisodeChunk
{
    public const int MostRows = 1024;
    const byte Unsampled = 0, Sampled = 1, Varying = 0, Constant = 1, Broken = 0, Whole = 1;

    public static byte[] Write(EpisodeBuffer rows, int from, int count)
    {
        using var bytes = new MemoryStream(count * 32);
        // Columns at the end that no row has are left out, so the chunks of learners are as small as before there were planners.
        int last = Array.FindLastIndex(EpisodeColumns.All, c => c.Stored != EpisodeCell.Double || rows[c] is not null);
        foreach (var column in EpisodeColumns.All.AsSpan(0, last + 1))
            AddColumn(column.Stored, rows[column] is { } all ? all.AsSpan(from, count) : []);
        var raw = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        return [.. BitConverter.GetBytes(raw.Length), .. Packing.Pack(raw)];

        void AddColumn(EpisodeCell cell, ReadOnlySpan<double> values)
        {
            switch (cell)
            {
                case EpisodeCell.Whole:
                    // Most rewards are whole numbers, which take half the bytes without loss.
                    int[] whole = Narrow<int>(values);
                    bool isWhole = MemoryMarshal.AsBytes(values).SequenceEqual(MemoryMarshal.AsBytes(Widen(whole)));
                    bytes.WriteByte(isWhole ? Whole : Broken);
                    if (isWhole)
                        AddValues<int>(whole);
                    else
                        AddValues(values);
                    break;
                case EpisodeCell.Int32: AddValues<int>(Narrow<int>(values)); break;
                case EpisodeCell.Byte: AddValues<byte>(Narrow<byte>(values)); break;
                case EpisodeCell.Double:
                    AddValues(values.IsEmpty ? Enumerable.Repeat(EpisodeBuffer.Missing, count).ToArray() : values);
                    break;
                case EpisodeCell.Sampled: AddSampled(values); break;
            }
        }

        void AddSampled(ReadOnlySpan<double> means)
        {
            var counts = rows.ActionCounts is null ? [] : rows.ActionCounts.AsSpan(from, count);
            int actions = 0;
            foreach (var row in counts)
                actions = Math.Max(actions, row?.Length ?? 0);
            bytes.WriteByte(actions > 0 ? Sampled : Unsampled);
            if (actions == 0)
                return;
            Add<int>([actions]);
            for (int i = 0; i < count; i++)
                Add<double>([counts[i] is null ? 0 : means[i]]);
            foreach (var row in counts)
            {
                bytes.WriteByte(row is null ? Unsampled : Sampled);
                Add<int>(row ?? new int[actions]);
            }
        }

        void Add<T>(ReadOnlySpan<T> values) where T : unmanaged => bytes.Write(MemoryMarshal.AsBytes(values));

        // A column whose values are all the same is stored as one value.
        void AddValues<T>(ReadOnlySpan<T> values) where T : unmanaged
        {
            bool isConstant = MemoryMarshal.AsBytes(values[1..]).SequenceEqual(MemoryMarshal.AsBytes(values[..^1]));
            bytes.WriteByte(isConstant ? Constant : Varying);
            Add(isConstant ? values[..1] : values);
        }
    }

    public static EpisodeBuffer Read(byte[] packed, int count)
    {
        // The largest chunk has 1024 episodes with the counts of 32 actions.
        int length = packed.Length >= 5 ? BitConverter.ToInt32(packed) : -1;
        if (length is < 0 or > 1 << 18 || count is < 1 or > MostRows)
            throw new StoreDamage("Stored episodes have an impossible size");
        var raw = Packing.Unpack(packed[4..], length);
        int at = 0;
        var rows = new EpisodeBuffer(count);
        foreach (var column in EpisodeColumns.All)
            TakeColumn(column);
        rows.Count = count;
        return rows;

        void TakeColumn(EpisodeColumn column)
        {
            switch (column.Stored)
            {
                case EpisodeCell.Whole when Next(1)[0] == Whole:
                case EpisodeCell.Int32: Widen(TakeValues<int>()).CopyTo(rows.Room(column.Place), 0); break;
                case EpisodeCell.Byte: Widen(TakeValues<byte>()).CopyTo(rows.Room(column.Place), 0); break;
                case EpisodeCell.Double when column.MayLack && at == raw.Length: break;
                case EpisodeCell.Whole or EpisodeCell.Double: TakeValues<double>().CopyTo(rows.Room(column.Place), 0); break;
                case EpisodeCell.Sampled when Next(1)[0] == Sampled: TakeSampled(); break;
            }
        }

        void TakeSampled()
        {
            int actions = BitConverter.ToInt32(Next(sizeof(int)));
            if (actions is < 1 or > 32)
                throw new StoreDamage("Stored episodes have an impossible number of actions");
            var means = new double[count];
            Take<double>(means);
            for (int i = 0; i < count; i++)
            {
                bool sampled = Next(1)[0] == Sampled;
                var counts = new int[actions];
                Take<int>(counts);
                if (sampled)
                    rows.Sample(i, means[i], counts);
            }
        }

        void Take<T>(Span<T> into) where T : unmanaged => Next(MemoryMarshal.AsBytes(into).Length).CopyTo(MemoryMarshal.AsBytes(into));

        T[] TakeValues<T>() where T : unmanaged
        {
            var values = new T[count];
            if (Next(1)[0] == Varying)
            {
                Take<T>(values);
                return values;
            }

            Take(values.AsSpan(0, 1));
            Array.Fill(values, values[0]);
            return values;
        }

        ReadOnlySpan<byte> Next(int size)
        {
            if (size > raw.Length - at)
                throw new StoreDamage("Stored episodes are truncated");
            at += size;
            return raw.AsSpan(at - size, size);
        }
    }

    static T[] Narrow<T>(ReadOnlySpan<double> values) where T : unmanaged, IBinaryInteger<T>
    {
        var narrow = new T[values.Length];
        for (int i = 0; i < narrow.Length; i++)
            narrow[i] = T.CreateTruncating((int)values[i]);
        return narrow;
    }

    static double[] Widen<T>(T[] values) where T : unmanaged, IBinaryInteger<T> => Array.ConvertAll(values, double.CreateTruncating);
}
