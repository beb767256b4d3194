using System.Globalization;
using System.Text.Encodings.Web;

namespace GridWorld;

/// <summary>The script that puts the live page in the picture's place, once the server has proved who it is, and takes it away when the server is gone.</summary>
internal static class LiveFrame
{
    // Other pages may answer on the port of a kernel that has ended: nothing is trusted, and the token goes nowhere, until /hello names the instance.
    // Over a dead kernel eight quiet tries are all that happens.
    const string Source = """
        (() => {
          const live = document.getElementById("ID-live"), still = document.getElementById("ID-still");
          if (!live || !still) return;
          const hello = () => fetch("PAGEhello", { cache: "no-store", credentials: "omit" }).then(r => r.json()).then(h => h.instance === "INSTANCE").catch(() => false);
          const wait = ms => new Promise(done => setTimeout(done, ms));
          const show = () => {
            const frame = document.createElement("iframe");
            frame.src = "URL";
            frame.title = "TITLE";
            frame.allow = "local-network-access *; loopback-network *";
            frame.referrerPolicy = "no-referrer";
            frame.style.cssText = "display:block;width:100%;height:HEIGHTpx;border:1px solid rgba(128,128,128,.35);border-radius:8px;resize:vertical";
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

    /// <param name="id">The stem of the ids of the two places, live and still.</param>
    /// <param name="link">The page.</param>
    public static string Script(string id, LiveLink link) => Script(id, link, link.Page, "Live view of the run", 760);

    /// <param name="id">The stem of the ids of the two places, live and still.</param>
    /// <param name="link">The page that takes the picture's place.</param>
    /// <param name="server">The address of the server, which must prove itself.</param>
    /// <param name="title">What the frame holds.</param>
    /// <param name="height">Of the frame, in CSS pixels.</param>
    public static string Script(string id, LiveLink link, string server, string title, int height) => "<script>" + Source
        .Replace("TITLE", Encode(title), StringComparison.Ordinal)
        .Replace("HEIGHT", height.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("ID", Encode(id), StringComparison.Ordinal)
        .Replace("PAGE", Encode(server), StringComparison.Ordinal)
        .Replace("INSTANCE", Encode(link.Instance), StringComparison.Ordinal)
        .Replace("URL", Encode(link.Best), StringComparison.Ordinal) + "</script>";

    static string Encode(string text) => JavaScriptEncoder.Default.Encode(text);
}
