using System.Text;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The results of seeds in a sweep file, their curves, and the states from which training continues.</summary>
internal static class SeedTable
{
    public static void Write(SqliteConnection connection, long trial, SeedResult seed, SeedCurve curve, int rung = 0)
    {
        var state = new StateWriter();
        curve.Save(state);
        SweepTables.Seed.Put(connection, trial, unchecked((long)seed.Seed), rung, Word(seed.State), seed.Score, seed.Episodes,
            seed.Steps, seed.TotalReturn, seed.MeanReturnLast100, seed.QChecksum, seed.GreedyValue, seed.Hash, seed.Error,
            Pack(state.Sections));
    }

    /// <summary>The seeds of a trial, in the order of their numbers: each after the last rung that it has ended, with its curve.</summary>
    public static List<StoredSeed> Read(SqliteConnection connection, long trial) =>
        Last(SweepTables.Seed.Read(connection, "WHERE trial = $0", trial).ConvertAll(row =>
        {
            var curve = new SeedCurve();
            if (row[13] is byte[] packed)
                curve.Load(new StateReader(Unpack(packed)));
            return Seed(row, curve);
        }));

    /// <summary>All seeds of all trials after each of their rungs, without their curves.</summary>
    public static List<StoredSeed> ReadAll(SqliteConnection connection) =>
        InOrder(SweepTables.Seed.Read(connection).ConvertAll(row => Seed(row, new())));

    /// <summary>A seed of a trial after a rung, without its curve; null if it has not ended it.</summary>
    public static SeedResult? Read(SqliteConnection connection, long trial, ulong seed, int rung) =>
        SweepTables.Seed.Read(connection, "WHERE trial = $0 AND seed = $1 AND rung = $2", trial, unchecked((long)seed), (long)rung)
            is [var row] ? Seed(row, new()).Result : null;

    /// <summary>Each seed after the last rung that it has ended.</summary>
    public static List<StoredSeed> Last(List<StoredSeed> seeds) =>
        InOrder([.. seeds.GroupBy(s => (s.Trial, s.Result.Seed)).Select(rungs => rungs.MaxBy(s => s.Rung)!)]);

    public static void WriteState(SqliteConnection connection, long trial, ulong seed, long episode, IReadOnlyList<StateSection> sections)
    {
        byte[] plain = Join(sections);
        SweepTables.Resting.Put(connection, trial, unchecked((long)seed), episode, plain.Length, Packing.Pack(plain));
    }

    /// <summary>The state of a seed; null if there is none. A damaged one is as good as none: the seed is trained again.</summary>
    public static IReadOnlyList<StateSection>? ReadState(SqliteConnection connection, long trial, ulong seed)
    {
        var rows = SweepTables.Resting.Read(connection, _ => { }, "WHERE trial = $0 AND seed = $1", trial, unchecked((long)seed));
        return rows is [var row] ? Split(Packing.Unpack((byte[])row[4]!, checked((int)(long)row[3]!))) : null;
    }

    public static void DropStates(SqliteConnection connection, long trial) =>
        SweepTables.Resting.Delete(connection, "WHERE trial = $0", trial);

    public static string Word(TrialState state) => state.ToString().ToLowerInvariant();

    public static TrialState State(object? word) => Enum.TryParse<TrialState>(word as string, ignoreCase: true, out var state)
        ? state
        : throw new StoreDamage($"'{word}' is not a state of a trial");

    static StoredSeed Seed(object?[] row, SeedCurve curve) => new((long)row[0]!, new(unchecked((ulong)(long)row[1]!), State(row[3]),
        (long)row[5]!, (long)row[6]!, (double?)row[7] ?? double.NaN, (double?)row[8], (double?)row[4], (double?)row[9], (double?)row[10],
        (string?)row[11], (string?)row[12]), curve, (int)(long)row[2]!);

    static List<StoredSeed> InOrder(List<StoredSeed> seeds)
    {
        seeds.Sort((a, b) => (a.Trial, a.Result.Seed, a.Rung).CompareTo((b.Trial, b.Result.Seed, b.Rung)));
        return seeds;
    }

    /// <summary>The sections as one packed piece, as <see cref="Unpack"/> reads it.</summary>
    public static byte[] Pack(IReadOnlyList<StateSection> sections)
    {
        byte[] plain = Join(sections);
        return [.. BitConverter.GetBytes(plain.Length), .. Packing.Pack(plain, least: 1024)];
    }

    /// <exception cref="StoreDamage">The bytes are damaged.</exception>
    public static IReadOnlyList<StateSection> Unpack(byte[] packed) => packed.Length < sizeof(int)
        ? throw new StoreDamage("A curve is too short")
        : Split(Packing.Unpack(packed[sizeof(int)..], BitConverter.ToInt32(packed)));

    static byte[] Join(IReadOnlyList<StateSection> sections)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        foreach (var section in sections)
        {
            writer.Write(section.Name);
            writer.Write(section.Bytes.Length);
            writer.Write(section.Bytes);
        }

        return stream.ToArray();
    }

    static List<StateSection> Split(byte[] bytes)
    {
        var sections = new List<StateSection>();
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        try
        {
            while (reader.BaseStream.Position < bytes.Length)
            {
                string name = reader.ReadString();
                int length = reader.ReadInt32();
                byte[] content = reader.ReadBytes(length);
                sections.Add(content.Length == length ? new(name, content) : throw new StoreDamage($"The part '{name}' is cut off"));
            }
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentOutOfRangeException)
        {
            throw new StoreDamage("The parts of a state do not add up");
        }

        return sections;
    }
}
