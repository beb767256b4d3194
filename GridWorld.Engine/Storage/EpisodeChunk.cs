using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Raw episodes as bytes, column after column.</summary>
internal static class EpisodeChunk
{
    const byte Unsampled = 0, Sampled = 1, Varying = 0, Constant = 1, Broken = 0, Whole = 1;

    public static byte[] Write(EpisodeBuffer rows, int from, int count)
    {
        using var bytes = new MemoryStream(count * 32);
        AddReturns(rows.Returns.AsSpan(from, count));
        AddColumn<int>(rows.Lengths.AsSpan(from, count));
        AddColumn<byte>(MemoryMarshal.AsBytes(rows.Terminated.AsSpan(from, count)));
        AddColumn<double>(rows.Epsilons.AsSpan(from, count));
        AddColumn<double>(rows.LearningRates.AsSpan(from, count));
        int actions = 0;
        for (int i = 0; i < count && rows.ActionCounts is not null; i++)
            actions = Math.Max(actions, rows.ActionCounts[from + i]?.Length ?? 0);
        bytes.WriteByte(actions > 0 ? Sampled : Unsampled);
        if (actions > 0)
        {
            Add<int>([actions]);
            Add<double>(rows.MeanQ.AsSpan(from, count));
            for (int i = 0; i < count; i++)
            {
                bytes.WriteByte(rows.ActionCounts![from + i] is null ? Unsampled : Sampled);
                Add<int>(rows.ActionCounts[from + i] ?? new int[actions]);
            }
        }

        var raw = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        return [.. BitConverter.GetBytes(raw.Length), .. Packing.Pack(raw)];

        void Add<T>(ReadOnlySpan<T> values) where T : unmanaged => bytes.Write(MemoryMarshal.AsBytes(values));

        // A column of one value is that value.
        void AddColumn<T>(ReadOnlySpan<T> values) where T : unmanaged
        {
            bool isConstant = MemoryMarshal.AsBytes(values[1..]).SequenceEqual(MemoryMarshal.AsBytes(values[..^1]));
            bytes.WriteByte(isConstant ? Constant : Varying);
            Add(isConstant ? values[..1] : values);
        }

        // Most rewards are whole numbers: half the bytes, where not one bit is lost.
        void AddReturns(ReadOnlySpan<double> returns)
        {
            var whole = new int[returns.Length];
            bool isWhole = true;
            for (int i = 0; i < whole.Length && isWhole; i++)
            {
                whole[i] = (int)returns[i];
                isWhole = BitConverter.DoubleToInt64Bits(whole[i]) == BitConverter.DoubleToInt64Bits(returns[i]);
            }

            bytes.WriteByte(isWhole ? Whole : Broken);
            if (isWhole)
                AddColumn<int>(whole);
            else
                AddColumn(returns);
        }
    }

    public static EpisodeBuffer Read(byte[] packed, int count)
    {
        // 1024 episodes with the counts of 32 actions are the most there can be.
        int length = packed.Length >= 5 ? BitConverter.ToInt32(packed) : -1;
        if (length is < 0 or > 1 << 18 || count is < 1 or > EpisodeTable.ChunkRows)
            throw new StoreDamage("Stored episodes have an impossible size");
        var raw = Packing.Unpack(packed[4..], length);
        int at = 0;
        var rows = new EpisodeBuffer(count);
        TakeReturns();
        TakeColumn<int>(rows.Lengths);
        TakeColumn(MemoryMarshal.AsBytes(rows.Terminated.AsSpan()));
        TakeColumn<double>(rows.Epsilons);
        TakeColumn<double>(rows.LearningRates);
        if (Next(1)[0] == Sampled)
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

        rows.Count = count;
        return rows;

        void Take<T>(Span<T> into) where T : unmanaged => Next(MemoryMarshal.AsBytes(into).Length).CopyTo(MemoryMarshal.AsBytes(into));

        void TakeColumn<T>(Span<T> into) where T : unmanaged
        {
            if (Next(1)[0] == Varying)
            {
                Take(into);
                return;
            }

            Take(into[..1]);
            into.Fill(into[0]);
        }

        void TakeReturns()
        {
            if (Next(1)[0] == Broken)
            {
                TakeColumn<double>(rows.Returns);
                return;
            }

            var whole = new int[count];
            TakeColumn<int>(whole);
            for (int i = 0; i < count; i++)
                rows.Returns[i] = whole[i];
        }

        ReadOnlySpan<byte> Next(int size)
        {
            if (size > raw.Length - at)
                throw new StoreDamage("Stored episodes are cut off");
            at += size;
            return raw.AsSpan(at - size, size);
        }
    }
}
