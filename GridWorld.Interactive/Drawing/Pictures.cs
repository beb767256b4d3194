using System.Text;

namespace GridWorld;

/// <summary>Saves pictures of a run: learning curve, values and policy.</summary>
public static class Pictures
{
    /// <summary>Writes the picture of a run as PNG, with two pixels per CSS pixel.</summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="path">The file. An existing file is replaced.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void SavePng(this RunView run, string path) =>
        WholeFile.Write(path, PngImage.Write(RunPicture.DrawNamed(Guard.NotNull(run)), 2));

    /// <summary>Writes the picture of a run as SVG.</summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="path">The file. An existing file is replaced.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void SaveSvg(this RunView run, string path) =>
        WholeFile.Write(path, Encoding.UTF8.GetBytes(SvgImage.Write(RunPicture.DrawNamed(Guard.NotNull(run)))));
}
