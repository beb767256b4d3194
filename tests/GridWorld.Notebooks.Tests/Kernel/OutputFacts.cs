using System.Net;
using System.Text.RegularExpressions;

namespace GridWorld.Tests;

/// <summary>What an output shows in every run of a notebook, whatever the run's id and however fast the machine.</summary>
internal static partial class OutputFacts
{
    /// <summary>The kinds of output, the headings of its tables, and the optimum that its picture and its text name.</summary>
    public static IEnumerable<string> Of(IReadOnlyDictionary<string, string> kinds) =>
        [string.Join(" + ", kinds.Keys), .. Heading().Matches(Html(kinds)).Select(match => match.Groups[1].Value), .. Optimum()
        .Matches(Html(kinds)).Select(match => match.Value)];

    /// <summary>Why an output would embarrass us; none where it would not.</summary>
    public static IEnumerable<string> FaultsOf(IReadOnlyDictionary<string, string> kinds)
    {
        var (html, text) = (Html(kinds), kinds.GetValueOrDefault("text/plain", ""));
        if (html.Contains("class=\"dni-treeview\"", StringComparison.Ordinal)) yield return "is a tree of properties";
        if (NothingOf().IsMatch(html + text)) yield return "shows 0 %";
        if (html.Contains("<svg", StringComparison.Ordinal)) yield return "has an SVG, which untrusted notebooks lose";
        if (html.Length > 100_000) yield return $"has {html.Length:N0} characters of HTML; 100,000 is the most";
    }

    static string Html(IReadOnlyDictionary<string, string> kinds) =>
        WebUtility.HtmlDecode(kinds.GetValueOrDefault("text/html", ""));

    [GeneratedRegex("<th[^>]*>([^<]+)")]
    private static partial Regex Heading();

    [GeneratedRegex(@"the optimal policy returns \S+")]
    private static partial Regex Optimum();

    [GeneratedRegex(@"(?<![\d.,])0\s%")]
    private static partial Regex NothingOf();
}
