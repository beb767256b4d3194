using System.Text.RegularExpressions;

namespace GridWorld;

/// <summary>Checks checkpoint names, which must be safe in a file name, a header and a page on every system.</summary>
internal static partial class CheckpointName
{
    static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9)
        .SelectMany(i => new[] { $"COM{i}", $"LPT{i}" })];

    public static void Check(string name) => new Faults()
        .Require(Pattern().IsMatch(name) && !name.EndsWith('.') && !name.EndsWith(' '),
            "A checkpoint name must have 1 to 64 letters, digits, spaces, dots, underscores or hyphens, must start with a letter or digit, "
            + $"and must not end with a dot or space (got '{Shown(name)}').")
        .Require(!Devices.Contains(name.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase),
            $"'{Shown(name)}' is a device name on some systems. Use another name.")
        .ThrowIfAny();

    static string Shown(string name) =>
        new([.. name.Take(80).Select(c => char.IsControl(c) || char.IsSurrogate(c) || c > '\u024f' ? '\ufffd' : c)]);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9 _.-]{0,63}\z")]
    private static partial Regex Pattern();
}
