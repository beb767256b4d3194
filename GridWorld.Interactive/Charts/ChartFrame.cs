using System.Security.Cryptography;
using System.Text;

namespace GridWorld;

/// <summary>
/// Puts an interactive chart in its picture's place: a page of our own server draws it, since a notebook's pages share one window, and Plotly would not
/// find its place in it. The chart travels in the address's fragment, which no server sees; the page needs no token.
/// </summary>
internal static class ChartFrame
{
    // Browsers take addresses of two million characters and more, hosts of notebooks less.
    const int MostCharacters = 256 * 1024;

    public static string Around(RunChart chart, RunView view, string still)
    {
        if (KernelHost.Current is null || LiveLink.TryTo(view) is not { } link)
            return still;
        string url = UrlOf(chart, link);
        if (url.Length > MostCharacters)
            return still;
        string id = $"gw{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        return $"<div id=\"{id}-live\"></div><div id=\"{id}-still\">{still}</div>{LiveFrame.Script(id, link with { Url = url }, link.Page, "Interactive chart", chart.Drawing.Height + 12)}";
    }

    public static string UrlOf(RunChart chart, LiveLink link) => $"{link.Page}assets/chart.html#{Convert.ToBase64String(Encoding.UTF8.GetBytes(chart.ToJson()))}";
}
