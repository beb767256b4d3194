using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;

namespace GridWorld;

/// <summary>
/// The script that replaces a picture with the live view after the server has proved its identity, and restores the picture when the server
/// is gone.
/// </summary>
internal static class LiveFrame
{
    // Another program may answer on the port of a kernel that has ended, so the script sends no token before /hello names the instance.
    // If the kernel is dead, the script gives up after eight silent tries.
    const string Source = """
        (() => {
          const live = document.getElementById("ID-live"), still = document.getElementById("ID-still");
          if (!live || !still) return;
          const hello = () => fetch("PAGEhello", { cache: "no-store", credentials: "omit" }).then(r => r.json())
            .then(h => h.instance === "INSTANCE").catch(() => false);
          const wait = ms => new Promise(done => setTimeout(done, ms));
          const show = () => {
            const frame = document.createElement("iframe");
            frame.src = "URL";
            frame.title = "TITLE";
            frame.allow = "local-network-access *; loopback-network *";
            frame.referrerPolicy = "no-referrer";
            frame.style.cssText =
              "display:block;width:100%;height:HEIGHTpx;border:1px solid rgba(128,128,128,.35);border-radius:8px;resize:vertical";
            live.replaceChildren(frame);
            still.style.display = "none";
          };
          const hide = () => {
            live.replaceChildren();
            still.style.display = "";
          };
          (async () => {
            for (let pause = 100, tries = 0; tries < 8; tries++, pause = Math.min(4000, pause * 2)) {
              if (!live.isConnected) return;
              if (await hello()) {
                show();
                for (let missed = 0; missed < 3;) {
                  await wait(4000);
                  if (!live.isConnected) return;
                  missed = document.hidden || await hello() ? 0 : missed + 1;
                }
                hide();
                [tries, pause] = [0, 100];
              }
              await wait(pause);
            }
          })();
        })();
        """;

    /// <summary>A picture that the live view can replace, with the link to it.</summary>
    /// <param name="still">The picture and what stands below it, as HTML.</param>
    /// <param name="link">The link to the live view; null for none.</param>
    /// <param name="live">Whether the live view may replace the picture.</param>
    public static string Over(string still, LiveLink? link, bool live)
    {
        string id = $"gw{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        string html = $"<div id=\"{id}-live\"></div><div id=\"{id}-still\">{still}</div>";
        if (link is { FitsFrame: false })
            html = Html.Link(link.Best, "Open the live view in a browser") + html;
        else if (link is not null)
            html += Html.Link(link.Best, "Open the live view in a browser") + (live ? Script(id, link) : "");
        return link is not null && PublicAddress.Hint(Environment.GetEnvironmentVariable) is { } hint ? html + Html.Caption(hint) : html;
    }

    /// <param name="id">The prefix of the ids of the two elements, live and still.</param>
    /// <param name="link">The live view.</param>
    public static string Script(string id, LiveLink link) => Script(id, link, link.Page, "Live view", 760);

    /// <param name="id">The prefix of the ids of the two elements, live and still.</param>
    /// <param name="link">The page that replaces the picture.</param>
    /// <param name="server">The address of the server, which must prove its identity.</param>
    /// <param name="title">The title of the iframe.</param>
    /// <param name="height">The height of the iframe in CSS pixels.</param>
    public static string Script(string id, LiveLink link, string server, string title, int height) => "<script>" + Source
        .Replace("TITLE", Encode(title), StringComparison.Ordinal)
        .Replace("HEIGHT", height.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("ID", Encode(id), StringComparison.Ordinal)
        .Replace("PAGE", Encode(server), StringComparison.Ordinal)
        .Replace("INSTANCE", Encode(link.Instance), StringComparison.Ordinal)
        .Replace("URL", Encode(link.Best), StringComparison.Ordinal) + "</script>";

    static string Encode(string text) => JavaScriptEncoder.Default.Encode(text);
}
