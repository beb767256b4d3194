using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace GridWorld;

/// <summary>Creates ids of runs: a readable stem and enough random characters to avoid collisions.</summary>
internal static partial class RunIds
{
    public static string New(string worldName)
    {
        string stem = NotInId().Replace(worldName.ToLowerInvariant(), "-").Trim('-');
        stem = stem.Length > 24 ? stem[..24].Trim('-') : stem;
        return $"{(stem.Length == 0 ? "run" : stem)}-{RandomNumberGenerator.GetString("abcdefghjkmnpqrstvwxyz0123456789", 8)}";
    }

    /// <summary>Whether a text can be an id. Ids are used in file names, so nothing else is allowed.</summary>
    public static bool IsValid(string id) => id.Length <= 64 && Id().IsMatch(id);

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInId();

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Id();
}
