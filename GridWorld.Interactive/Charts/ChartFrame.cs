using System.Security.Cryptography;
using System.Text;

namespace GridWorld;

/// <summary>
/// Replaces a picture with an interactive chart, which a page of our own server draws in an iframe. (In the notebook itself, all cells
/// share one window, and Plotly cannot find its element.) The address's fragment contains the chart. No server sees a fragment, so the page
/// needs no token.
/// </summary>
internal static class ChartFrame
{
    // Browsers accept addresses of more than two million characters, notebook hosts fewer.
    const int MostCharacters = 256 * 1024;

    public static string Around(RunChart chart, Func<LiveLink?> served, string still)
    {
        if (KernelHost.Current is null || served() is not { } link)
            return still;
        string url = UrlOf(chart, link);
        if (url.Length > MostCharacters)
            return still;
        string id = $"gw{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        return $"<div id=\"{id}-live\"></div><div"
            + $" id=\"{id}-still\">{still}</div>"
            + LiveFrame.Script(id, link with { Url = url }, link.Page, "Interactive chart", chart.Drawing.Height + 12);
    }

    public static string UrlOf(RunChart chart, LiveLink link) =>
        $"{link.Page}assets/chart.html#{Convert.ToBase64String(Encoding.UTF8.GetBytes(chart.ToJson()))}";
}
