using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace GridWorld;

/// <summary>The files of the live view by their exact address. They are embedded; no file system is involved.</summary>
internal sealed class Assets
{
    public const string Page = "/", Folder = "/assets/";
    const string Prefix = "widget/", PageFile = "index.html";

    readonly FrozenDictionary<string, Asset> files;

    public Assets(IEnumerable<KeyValuePair<string, byte[]>> named)
    {
        files = named.ToFrozenDictionary(
            file => file.Key == PageFile ? Page : Folder + file.Key,
            file => new Asset(file.Value, TypeOf(file.Key), Convert.ToHexStringLower(SHA256.HashData(file.Value))[..12]),
            StringComparer.Ordinal);
        if (!files.ContainsKey(Page))
            throw new InvalidOperationException($"The widget's page ('{Prefix}{PageFile}') is not in this assembly, "
                + "which was built without the widget. Put Node.js on PATH and rebuild GridWorld.Interactive.");
    }

    public IEnumerable<string> Paths => files.Keys;

    /// <summary>Loads the files that the build embedded.</summary>
    public static Assets Embedded()
    {
        var assembly = typeof(Assets).Assembly;
        return new(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => KeyValuePair.Create(name[Prefix.Length..], Read(assembly.GetManifestResourceStream(name)!))));
    }

    public bool TryGet(string path, [NotNullWhen(true)] out Asset? asset) => files.TryGetValue(path, out asset);

    static byte[] Read(Stream stream)
    {
        using (stream)
        {
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".json" or ".map" => "application/json",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
}
