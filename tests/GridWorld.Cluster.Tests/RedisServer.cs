using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace GridWorld.Tests;

/// <summary>A Redis of the test's own, on a free port, if one is installed.</summary>
internal sealed class RedisServer : IDisposable
{
    const string Password = "secret";
    readonly TemporaryFolder folder = new();
    readonly string[] arguments;
    Process process;

    public RedisServer(bool keeps = true)
    {
        Port = ClusterAddress.FreePort(IPAddress.Loopback);
        arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", folder.Path, "--appendonly", keeps ? "yes" : "no",
            "--requirepass", Password, "--save", ""];
        process = Begin();
    }

    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "redis-server")));

    public int Port { get; }

    public string Option => $"127.0.0.1:{Port},password={Password}";

    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    public void Restart() => process = Begin();

    public async Task EmptyAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{Option},allowAdmin=true");
        await connection.GetServer("127.0.0.1", Port).FlushAllDatabasesAsync();
    }

    public void Dispose()
    {
        Kill();
        folder.Dispose();
    }

    Process Begin()
    {
        var begun = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        begun.OutputDataReceived += (_, _) => { };
        begun.BeginOutputReadLine();
        Wait.Until(IsListening, "redis-server does not listen.");
        return begun;
    }

    bool IsListening()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
