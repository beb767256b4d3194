namespace GridWorld;

/// <summary>A checkpoint divided into packed pages, ready to be written. It is created outside of any transaction.</summary>
internal sealed class CheckpointPages
{
    public const int PageSize = 1 << 16;

    CheckpointPages(List<Section> sections)
    {
        Sections = sections;
        Digest = GridWorld.Digest.Of([.. sections.SelectMany(s => s.Digest)]);
    }

    public IReadOnlyList<Section> Sections { get; }

    public byte[] Digest { get; }

    /// <summary>
    /// Divides a checkpoint into pages. Pages that have not changed since the previous written checkpoint are not written again.
    /// </summary>
    public static CheckpointPages Of(Checkpoint checkpoint, CheckpointPages? before)
    {
        var sections = new List<Section>();
        foreach (var (name, bytes) in checkpoint.Sections)
        {
            var old = before?.Sections.FirstOrDefault(s => s.Name == name)?.Pages;
            var pages = new Page[(bytes.Length + PageSize - 1) / PageSize];
            for (int p = 0; p < pages.Length; p++)
            {
                var content = bytes.AsSpan(p * PageSize, Math.Min(PageSize, bytes.Length - p * PageSize));
                var digest = GridWorld.Digest.Of(content);
                pages[p] = old is not null && p < old.Length && old[p].Length == content.Length
                    && old[p].Digest.AsSpan().SequenceEqual(digest)
                    ? old[p] with { Packed = null }
                    : new(content.Length, digest, Packing.Pack(content));
            }

            sections.Add(new(name, bytes.Length, GridWorld.Digest.Of(bytes), pages));
        }

        return new(sections);
    }

    /// <summary>The pages of a checkpoint that is already on disk.</summary>
    public static CheckpointPages Written(Checkpoint checkpoint, Dictionary<string, long[]> pageIds)
    {
        var sections = new List<Section>();
        foreach (var (name, bytes) in checkpoint.Sections)
        {
            var pages = pageIds[name].Select((id, p) =>
            {
                var content = bytes.AsSpan(p * PageSize, Math.Min(PageSize, bytes.Length - p * PageSize));
                return new Page(content.Length, GridWorld.Digest.Of(content), null) { Id = id };
            });
            sections.Add(new(name, bytes.Length, GridWorld.Digest.Of(bytes), [.. pages]));
        }

        return new(sections);
    }

    /// <summary>The same pages without their bytes, after they are written.</summary>
    public CheckpointPages WithoutBytes()
    {
        foreach (var section in Sections)
        {
            for (int p = 0; p < section.Pages.Length; p++)
                section.Pages[p] = section.Pages[p] with { Packed = null };
        }

        return this;
    }

    /// <summary>A part of the checkpoint.</summary>
    public sealed record Section(string Name, long Length, byte[] Digest, Page[] Pages);

    /// <summary>A page, with its packed bytes; null if it is already on disk.</summary>
    public record struct Page(int Length, byte[] Digest, byte[]? Packed)
    {
        public long Id { get; set; }
    }
}
