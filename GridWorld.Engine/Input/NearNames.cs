namespace GridWorld;

/// <summary>Finds the known names that are similar to a mistyped one, nearest first.</summary>
internal static class NearNames
{
    public static List<string> Of(string name, IEnumerable<string> known, int most = 3)
    {
        if (name.Length > 100)
            return [];
        string wanted = name.ToLowerInvariant();
        return [.. known.Select(k => (Name: k, Distance: Distance(wanted, k.ToLowerInvariant())))
            .Where(k => k.Distance <= Math.Max(1, Math.Max(wanted.Length, k.Name.Length) / 3)
            || (wanted.Length >= 3 && k.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(k => k.Distance).Select(k => k.Name).Take(most)];
    }

    // Levenshtein: the fewest insertions, deletions and replacements.
    static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (int j = 0; j < row.Length; j++)
            row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}
