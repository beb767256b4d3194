<?xml version="1.0" encoding="utf-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="utf-8" />
  <!-- The words of PublicApi.txt, separated by spaces. -->
  <xsl:param name="api" />
  <xsl:variable name="words" select="concat(' ', $api, ' ')" />

  <xsl:template match="@* | node()">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()" />
    </xsl:copy>
  </xsl:template>

  <!-- Names are T:GridWorld.Type, M:GridWorld.Type`1.Member(…) and so on. -->
  <xsl:template match="member">
    <xsl:variable name="rest" select="translate(substring-after(@name, ':GridWorld.'), '`(', '..')" />
    <xsl:variable name="type" select="substring-before(concat($rest, '.'), '.')" />
    <xsl:if test="contains($words, concat(' class ', $type, ' ')) or contains($words, concat(' struct ', $type, ' '))
                  or contains($words, concat(' enum ', $type, ' ')) or contains($words, concat(' interface ', $type, ' '))">
      <xsl:copy-of select="." />
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
