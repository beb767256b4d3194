using System.Net;
using System.Net.Sockets;

namespace GridWorld.Cluster;

/// <summary>Addresses of home and of workers.</summary>
internal static class ClusterAddress
{
    /// <summary>Reads an address such as <c>127.0.0.1:5000</c>, <c>[::1]:5000</c> or <c>home.lab:5000</c>.</summary>
    /// <param name="text">The address.</param>
    /// <param name="option">The option that has it.</param>
    /// <param name="certificate">The shared certificate; null for none.</param>
    /// <exception cref="InputException">The text is not an address, or other machines reach it and there is no certificate.</exception>
    public static IPEndPoint Read(string text, string option, SharedCertificate? certificate)
    {
        var address = Resolve(text, option);
        if (address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any))
        {
            throw new InputException($"{option} {Printable.Text(text)} is not the address of one network interface. "
                + "Use the address at which the workers reach this machine.");
        }

        return certificate is not null || IPAddress.IsLoopback(address.Address) ? address
            : throw new InputException($"{option} {Printable.Text(text)} is reached over the network, and anyone there could change "
                + "results. Use a shared certificate: make it once with 'gridworld worker --new-certificate FILE', copy the file to every "
                + "machine, and pass '--certificate FILE' to home and to each worker. Without it, use 127.0.0.1.");
    }

    /// <summary>A port that is free now, and whose next port is free, too.</summary>
    public static int FreePort(IPAddress address)
    {
        while (true)
        {
            int port = Free(0);
            if (port < ushort.MaxValue && Free(port + 1) > 0)
                return port;
        }

        int Free(int port)
        {
            try
            {
                using var listener = new TcpListener(address, port);
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                return 0;
            }
        }
    }

    /// <summary>This machine's address on the path to another one.</summary>
    public static IPAddress Towards(IPEndPoint other)
    {
        if (IPAddress.IsLoopback(other.Address))
            return other.Address;
        using var socket = new Socket(other.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(other); // sends nothing
        return ((IPEndPoint)socket.LocalEndPoint!).Address;
    }

    static IPEndPoint Resolve(string text, string option)
    {
        if (IPEndPoint.TryParse(text, out var address) && text.LastIndexOf(':') is var at && at > text.LastIndexOf(']') && at > 0)
            return address;
        if (text.LastIndexOf(':') is var colon and > 0 && ushort.TryParse(text[(colon + 1)..], out ushort port))
        {
            try
            {
                var found = Dns.GetHostAddresses(text[..colon]);
                if ((found.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? found.FirstOrDefault()) is { } one)
                    return new(one, port);
            }
            catch (Exception e) when (e is SocketException or ArgumentException)
            {
                throw new InputException($"{option} {Printable.Text(text)}: the host cannot be found. {e.Message}");
            }
        }

        throw new InputException($"{option} must be ADDRESS:PORT, such as 127.0.0.1:5000 (got {Printable.Text(text)}).");
    }
}
