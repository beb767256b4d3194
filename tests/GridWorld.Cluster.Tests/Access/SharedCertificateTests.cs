namespace GridWorld.Tests;

/// <summary>The certificate is one file that only its owner reads, and is never overwritten.</summary>
public sealed class SharedCertificateTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Certificate_is_recognized_by_its_hash_alone()
    {
        string ours = Made("ours.pem"), copy = folder.Write("copy.pem", File.ReadAllText(ours)), theirs = Made("theirs.pem");

        var certificate = SharedCertificate.Read(ours);

        Assert.True(certificate.Certificate.HasPrivateKey);
        Assert.True(certificate.IsSame(SharedCertificate.Read(copy).Certificate));
        Assert.False(certificate.IsSame(SharedCertificate.Read(theirs).Certificate));
        Assert.False(certificate.IsSame(null));
    }

    [Fact]
    public void File_is_readable_by_its_owner_only_and_never_overwritten()
    {
        string file = Made("ours.pem"), text = File.ReadAllText(file);

        Assert.Contains("already exists", Assert.Throws<InputException>(() => Made("ours.pem")).Message);
        Assert.Equal(text, File.ReadAllText(file));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate")]
    public void Other_files_are_refused_in_words(string text) =>
        Assert.Contains("To make one: gridworld worker --new-certificate FILE",
            Assert.Throws<InputException>(() => SharedCertificate.Read(folder.Write("bad.pem", text))).Message);

    string Made(string name)
    {
        SharedCertificate.Write(folder.At(name), TimeProvider.System.GetUtcNow());
        return folder.At(name);
    }
}
