using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>A cell's output in a notebook's page: another origin on this machine.</summary>
public sealed class LiveFrameInBrowserTests(BrowserFixture browser)
{
    [Fact]
    public async Task Live_page_takes_the_pictures_place_and_gives_it_back_when_the_server_ends()
    {
        var run = Trained.In(Worlds.CliffWalking());
        await using var server = WidgetServer.Start();
        server.Register(run);
        using var notebook = new NotebookPage(RunOutput.Of(run, new(server.Url(run.Id), server.Instance)).Html);
        await using var page = await browser.OpenAsync(notebook.Url);
        var picture = page.Page.GetByAltText("return per episode");

        await page.Page.FrameLocator("iframe").GetByTestId("map").WaitForAsync();
        Assert.False(await picture.IsVisibleAsync());

        await server.DisposeAsync();
        await picture.WaitForAsync(new() { Timeout = 60_000 });
        Assert.Equal(0, await page.Page.Locator("iframe").CountAsync());
    }

    [Fact]
    public async Task Whoever_else_answers_on_the_port_gets_no_token_and_the_picture_stays()
    {
        var run = Trained.In(Worlds.CliffWalking());
        await using var stranger = WidgetServer.Start();
        using var notebook = new NotebookPage(RunOutput.Of(run, new(stranger.Url(run.Id), "0123456789abcdef")).Html);
        await using var page = await browser.OpenAsync(notebook.Url);

        await page.Page.WaitForResponseAsync(response => response.Url.EndsWith("/hello", StringComparison.Ordinal));
        await page.Page.WaitForResponseAsync(response => response.Url.EndsWith("/hello", StringComparison.Ordinal));

        Assert.Equal(0, await page.Page.Locator("iframe").CountAsync());
        Assert.True(await page.Page.GetByAltText("return per episode").IsVisibleAsync());
        Assert.All(page.Requests,
            url => Assert.True(url.StartsWith(notebook.Url, StringComparison.Ordinal) || url.EndsWith("/hello", StringComparison.Ordinal)
            || url.StartsWith("data:", StringComparison.Ordinal), url));
    }

    /// <summary>
    /// Answers every request with one page, as Jupyter's server does from another port; pages that a test only pretends to serve are not on
    /// this machine to the browser.
    /// </summary>
    sealed class NotebookPage : LoopbackServer
    {
        readonly byte[] reply;

        public NotebookPage(string output)
        {
            byte[] body = Encoding.UTF8.GetBytes($"<!doctype html><title>notebook</title>{output}");
            reply = [.. Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"),
                .. body];
            Listen();
        }

        public string Url => $"http://127.0.0.1:{Port}/";

        protected override async Task AnswerAsync(TcpClient client)
        {
            using (client)
            {
                if (await client.GetStream().ReadAsync(new byte[16_384]) > 0)
                    await client.GetStream().WriteAsync(reply);
            }
        }
    }
}
