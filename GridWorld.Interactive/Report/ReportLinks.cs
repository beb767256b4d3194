using System.Globalization;
using System.Text;

namespace GridWorld;

/// <summary>
/// The anchors of a run's report: those of the live view, without its token. They stand in the page as they are, because it has no scripts.
/// </summary>
internal sealed class ReportLinks(RunView run)
{
    const int MostCells = 2500;

    /// <summary>The anchor of the report's moment, or of an event, as an attribute.</summary>
    public string After(long episode) => Id($"{run.Id}@{episode}");

    /// <summary>The anchor of what a tab of the live view lists.</summary>
    public string Tab(string name) => Id($"{run.Id}?tab={name}");

    /// <summary>The anchor of a map.</summary>
    public string Layer(string name) => Id($"{run.Id}?layer={name}");

    /// <summary>Links of a map's cells to themselves, as SVG over its drawing. The page frames the cell in its address.</summary>
    public string Cells(Drawing drawing, string? layer)
    {
        var world = run.World;
        if (world.Width * world.Height > MostCells)
            return "";
        var map = drawing.Shapes.OfType<Cells>().First();
        double side = map.Width / world.Width;
        var links = new StringBuilder();
        for (int y = 0; y < world.Height; y++)
            for (int x = 0; x < world.Width; x++)
            {
                string anchor = Html.Encode($"{run.Id}?cell={x},{y}{(layer is null ? "" : $"&layer={layer}")}");
                string place = string.Create(CultureInfo.InvariantCulture,
                    $"x=\"{map.X + x * side:0.##}\" y=\"{map.Y + y * side:0.##}\" width=\"{side:0.##}\" height=\"{side:0.##}\"");
                links.Append($"<a href=\"#{anchor}\" tabindex=\"-1\"><rect id=\"{anchor}\" {place}>")
                    .Append($"<title>({x}, {y})</title></rect></a>");
            }

        return links.ToString();
    }

    static string Id(string anchor) => $" id=\"{Html.Encode(anchor)}\"";
}
