using System.Net;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace GridWorld.Tests;

/// <summary>Who has no right to take part is told so, over real connections.</summary>
public sealed class RefusalTests : IDisposable
{
    static readonly IPEndPoint anyPort = new(IPAddress.Loopback, 0);
    readonly TemporaryFolder folder = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_worker_with_a_foreign_certificate_or_none_is_refused()
    {
        await using var home = await HomeAsync(Certificate("ours"));

        await AssertRefusedAsync(new(home.Address) { Certificate = Certificate("theirs") }, "has another certificate");
        await AssertRefusedAsync(new(home.Address), "has a certificate. Pass its file: --certificate FILE");
        await AssertRefusedAsync(new(home.Address) { Certificate = Certificate("theirs"), IsClient = true }, "has another certificate");
    }

    [Fact]
    public async Task A_worker_with_a_certificate_does_not_talk_to_a_home_that_has_none()
    {
        await using var home = await HomeAsync(null);

        await AssertRefusedAsync(new(home.Address) { Certificate = Certificate("ours") }, "has no certificate");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_version_and_a_wrong_token_are_refused(bool isClient)
    {
        await using var home = await HomeAsync(Certificate("ours"));
        var options = new WorkerOptions(home.Address) { Certificate = Certificate("ours"), IsClient = isClient };

        await AssertRefusedAsync(options with { Own = options.Own with { Version = "0.0.1" } }, "The worker has version 0.0.1, home has");
        await AssertRefusedAsync(options with { Own = options.Own with { Token = "guessed" } }, "The worker's token is not that of home");
    }

    [Fact]
    public async Task A_plain_silo_cannot_join_a_home_with_a_certificate()
    {
        await using var home = await HomeAsync(Certificate("ours"));
        var builder = SilentHost.Builder();
        builder.UseOrleans(silo =>
        {
            silo.Configure(new(HomePlace.Service, home.Address), new(IPAddress.Loopback, ClusterAddress.FreePort(IPAddress.Loopback)),
                null, null, new());
            silo.Configure<ClusterMembershipOptions>(o => o.MaxJoinAttemptTime = TimeSpan.FromSeconds(2));
        });
        var plain = builder.Build();

        using var most = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        most.CancelAfter(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAnyAsync<Exception>(() => plain.StartAsync(most.Token));
        await plain.EndAsync();
    }

    [Theory]
    [InlineData("192.0.2.1:5000", "is reached over the network")]
    [InlineData("0.0.0.0:5000", "is not the address of one network interface")]
    [InlineData("127.0.0.1", "must be ADDRESS:PORT")]
    [InlineData("127.0.0.1:70000", "must be ADDRESS:PORT")]
    public void Address_that_others_reach_needs_a_certificate(string address, string why)
    {
        foreach (string option in new[] { "--listen", "--join" })
            Assert.StartsWith($"{option} ", Assert.Throws<InputException>(() => ClusterAddress.Read(address, option, null)).Message);
        Assert.Contains(why, Assert.Throws<InputException>(() => ClusterAddress.Read(address, "--join", null)).Message);
    }

    [Fact]
    public void With_a_certificate_other_machines_may_take_part() =>
        Assert.Equal(new(IPAddress.Parse("192.0.2.1"), 5000), ClusterAddress.Read("192.0.2.1:5000", "--join", Certificate("ours")));

    static Task<HomeSilo> HomeAsync(SharedCertificate? certificate) =>
        HomeSilo.StartAsync(anyPort, certificate, null, Compatibility.Here, _ => { });

    static async Task AssertRefusedAsync(WorkerOptions options, string why)
    {
        using var worker = new Worker(options with { Threads = 1 });
        var refused = await Assert.ThrowsAsync<InputException>(() => worker.RunAsync(Stop).WaitAsync(Wait.Patience, Stop));
        Assert.Contains(why, refused.Message);
    }

    SharedCertificate Certificate(string name)
    {
        string file = folder.At(name + ".pem");
        if (!File.Exists(file))
            SharedCertificate.Write(file, TimeProvider.System.GetUtcNow());
        return SharedCertificate.Read(file);
    }
}
