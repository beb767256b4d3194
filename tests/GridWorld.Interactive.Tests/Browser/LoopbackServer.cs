using System.Net;
using System.Net.Sockets;

namespace GridWorld.Tests;

/// <summary>Takes connections on a free port of 127.0.0.1, each on its own: a browser opens some that it may never use.</summary>
abstract class LoopbackServer : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose() => listener.Dispose();

    /// <summary>Begins to take connections; to be called when all that <see cref="AnswerAsync"/> needs is there.</summary>
    protected void Listen()
    {
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>What is done with a connection; closes it.</summary>
    protected abstract Task AnswerAsync(TcpClient client);

    async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
