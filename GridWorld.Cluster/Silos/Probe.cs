using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace GridWorld.Cluster;

/// <summary>A look at what listens at home's address, so that a worker that cannot join is told why.</summary>
internal static class Probe
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether anything listens there.</summary>
    public static async Task<bool> ListensAsync(IPEndPoint home)
    {
        using var most = new CancellationTokenSource(Patience);
        using var socket = new TcpClient(home.AddressFamily);
        return await ConnectAsync(socket, home, most.Token);
    }

    /// <summary>Whether anything listens there, for a worker that is to join it.</summary>
    /// <exception cref="InputException">It has another certificate than this worker, or one of both has none.</exception>
    public static async Task<bool> IsThereAsync(IPEndPoint home, SharedCertificate? certificate, CancellationToken cancellation)
    {
        using var most = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        most.CancelAfter(Patience);
        using var socket = new TcpClient(home.AddressFamily);
        bool hasCertificate = false, isSame = false;
        if (!await ConnectAsync(socket, home, most.Token))
        {
            cancellation.ThrowIfCancellationRequested();
            return false;
        }

        try
        {
            await using var stream = new SslStream(socket.GetStream());
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "GridWorld",
                ClientCertificates = certificate is null ? null : [certificate.Certificate],
                RemoteCertificateValidationCallback = (_, other, _, _) =>
                {
                    (hasCertificate, isSame) = (true, certificate?.IsSame(other) == true);
                    return isSame;
                },
            }, most.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        if (hasCertificate && certificate is null)
            throw new InputException($"Home at {home} has a certificate. Pass its file: --certificate FILE");
        if (hasCertificate && !isSame)
            throw new InputException($"Home at {home} has another certificate. Use a copy of home's file for --certificate.");
        return hasCertificate == certificate is not null || (hasCertificate, certificate) is (false, null) ? true
            : throw new InputException($"Home at {home} has no certificate. Start home with --certificate, too.");
    }

    static async Task<bool> ConnectAsync(TcpClient socket, IPEndPoint home, CancellationToken cancellation)
    {
        try
        {
            await socket.ConnectAsync(home, cancellation);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
