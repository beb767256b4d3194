using System.Globalization;

namespace GridWorld.Tests;

/// <summary>What can happen to a file.</summary>
public enum Damage
{
    FlippedBits,
    ZeroedPage,
    SwappedPages,
    OldPage,
    OverwrittenBytes,
    CutOff,
    DeletedRow,
}

/// <summary>Random damages to a run's file.</summary>
internal sealed class Damages(ulong seed)
{
    static readonly string[] Tables = ["run", "specification", "progress", "event", "checkpoint", "section", "page", "episodes",
        "episode_index", "buckets", "seal"];
    Rng random = Rng.Streams(seed).World;

    /// <summary>The next damage: writes the damaged file, and says what it is.</summary>
    /// <param name="path">Where.</param>
    /// <param name="good">The file as it should be.</param>
    /// <param name="earlier">The same file at earlier moments.</param>
    /// <param name="kinds">Which may happen; none: any.</param>
    public string Next(string path, byte[] good, IReadOnlyList<byte[]> earlier, params Damage[] kinds)
    {
        const int page = 4096;
        byte[] bad = [.. good];
        int pages = good.Length / page;
        kinds = kinds.Length > 0 ? kinds : Enum.GetValues<Damage>();
        var kind = kinds[random.Below(kinds.Length)];
        string what = Apply(kind);
        File.WriteAllBytes(path, bad);
        if (kind == Damage.DeletedRow)
            what = DeleteRow(path);
        return $"{kind} {what}";

        string Apply(Damage kind)
        {
            int one = random.Below(pages), other = random.Below(pages), start = random.Below(good.Length);
            switch (kind)
            {
                case Damage.FlippedBits:
                    var flips = Enumerable.Range(0, 1 + random.Below(3))
                        .Select(_ => (Place: random.Below(bad.Length), Bit: random.Below(8))).ToList();
                    flips.ForEach(f => bad[f.Place] ^= (byte)(1 << f.Bit));
                    return string.Join(' ', flips);
                case Damage.ZeroedPage:
                    bad.AsSpan(one * page, page).Clear();
                    return Number(one);
                case Damage.SwappedPages:
                    good.AsSpan(one * page, page).CopyTo(bad.AsSpan(other * page));
                    good.AsSpan(other * page, page).CopyTo(bad.AsSpan(one * page));
                    return $"{one} {other}";
                case Damage.OldPage:
                    int moment = random.Below(earlier.Count);
                    one %= earlier[moment].Length / page;
                    earlier[moment].AsSpan(one * page, page).CopyTo(bad.AsSpan(one * page));
                    return $"{one} of moment {moment}";
                case Damage.OverwrittenBytes:
                    int length = Math.Min(1 + random.Below(300), good.Length - start);
                    for (int i = 0; i < length; i++)
                        bad[start + i] = (byte)random.Below(256);
                    return $"{length} from {start}";
                case Damage.CutOff:
                    bad = bad[..start];
                    return $"at {start}";
                default:
                    return "";
            }
        }
    }

    string DeleteRow(string path)
    {
        using var connection = StoreFile.Write(path);
        string table = Tables[random.Below(Tables.Length)];
        long rows = (long)connection.One($"SELECT count(*) FROM {table}")!;
        if (rows > 0)
        {
            string key = table switch { "section" => "checkpoint, place", "buckets" => "level, chunk", _ => "rowid" };
            connection.Run($"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} LIMIT 1 OFFSET $0)", random.Below((int)rows));
        }

        connection.Run("PRAGMA journal_mode = DELETE");
        return $"of {table}";
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
