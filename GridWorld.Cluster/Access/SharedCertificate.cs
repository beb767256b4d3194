using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GridWorld.Cluster;

/// <summary>
/// The one certificate that home and all workers have, with its private key. Who has it takes part; no one else does. Each end compares the
/// other end's certificate with its own, so names, authorities and dates do not matter.
/// </summary>
internal sealed class SharedCertificate
{
    const int KeyBits = 3072;
    readonly byte[] hash;

    SharedCertificate(X509Certificate2 certificate) => (Certificate, hash) = (certificate, SHA256.HashData(certificate.RawData));

    public X509Certificate2 Certificate { get; }

    /// <summary>Whether another end's certificate is this one.</summary>
    public bool IsSame(X509Certificate? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(other.GetRawCertData()), hash);

    /// <exception cref="InputException">The file cannot be read, or is not a certificate with its key.</exception>
    public static SharedCertificate Read(string path)
    {
        try
        {
            string text = File.ReadAllText(path);
            using var pem = X509Certificate2.CreateFromPem(text, text);
            // Windows does not use a key that was only ever in memory.
            return new(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new InputException($"{Printable.Text(path)} cannot be used as certificate: {e.Message} "
                + "To make one: gridworld worker --new-certificate FILE");
        }
    }

    /// <summary>Makes a certificate and writes it, with its key, to a new file that only this user can read.</summary>
    /// <exception cref="InputException">The file exists or cannot be written.</exception>
    public static void Write(string path, DateTimeOffset now)
    {
        using var key = RSA.Create(KeyBits);
        var request = new CertificateRequest("CN=GridWorld", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new StreamWriter(path, options);
            file.WriteLine(certificate.ExportCertificatePem());
            file.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{Printable.Text(path)} cannot be written: {e.Message}");
        }
    }
}
