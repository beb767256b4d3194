using System.Diagnostics.CodeAnalysis;
using System.Text;
using Newtonsoft.Json;
using XPlot.Plotly;

namespace GridWorld;

/// <summary>
/// A chart. As the value of a cell, it shows a picture, which an interactive chart replaces if the notebook can reach this kernel's server.
/// It is an XPlot chart with <c>GetInlineHtml()</c> and its other members. The picture is drawn without a browser.
/// </summary>
[TypeFormatterSource(typeof(CellOutputFormatters), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
public sealed class RunChart : PlotlyChart, ICellOutput
{
    internal const string Needs = "XPlot charts use reflection. "
        + "In a program published ahead of time, use SavePng, SaveSvg or SaveReport of the run.";

    readonly Drawing drawing;
    readonly string caption;
    readonly Func<LiveLink?> link;
    readonly Trace[] traces;
    readonly Layout.Layout layout;

    internal RunChart(Func<LiveLink?> link, Drawing drawing, string title, Layout.Layout layout, params Trace[] traces)
    {
        (this.link, this.drawing, this.layout, this.traces) = (link, drawing, layout, traces);
        caption = title;
        layout.title = Html.Encode(title); // Plotly reads texts as markup
        layout.width = drawing.Width;
        layout.height = drawing.Height;
        Plot(traces, layout, null);
        WithSize(drawing.Width, drawing.Height);
    }

    /// <summary>Writes the picture of the chart as PNG, with two pixels per CSS pixel.</summary>
    /// <param name="path">The file. An existing file is replaced.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public void SavePng(string path) => WholeFile.Write(path, PngImage.Write(drawing, 2));

    /// <summary>Writes the picture of the chart as SVG.</summary>
    /// <param name="path">The file. An existing file is replaced.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public void SaveSvg(string path) => WholeFile.Write(path, Encoding.UTF8.GetBytes(SvgImage.Write(drawing)));

    /// <summary>A description of the chart in words.</summary>
    public override string ToString() => drawing.Description;

    internal Drawing Drawing => drawing;

    /// <summary>The traces and the layout in Plotly's JSON.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Warned),
        UnconditionalSuppressMessage("AOT", "IL3050", Justification = Warned)]
    internal string ToJson() => $$"""{"data":{{JsonConvert.SerializeObject(traces)}},"layout":{{JsonConvert.SerializeObject(layout)}}}""";

    const string Warned = "The methods that return a chart have the warning.";

    CellOutput ICellOutput.Output()
    {
        byte[] png = PngImage.Write(drawing);
        return new(Html.Block(ChartFrame.Around(this, link, Html.Picture(png, drawing.Width, drawing.Description) + Html.Caption(caption))),
            drawing.Description, png);
    }
}
